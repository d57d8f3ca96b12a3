package dev.pxekit.dhcp.internal;

import dev.pxekit.dhcp.DhcpDiagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plain form of diagnostics. */
public final class PlainDiagnostics {

    private PlainDiagnostics() {}

    /** Adds diagnostics, if there are any, as a list with a map for each: code, message, offset. */
    public static void put(Map<String, Object> fields, List<DhcpDiagnostic> diagnostics) {
        if (!diagnostics.isEmpty()) {
            fields.put("diagnostics", toPlain(diagnostics));
        }
    }

    private static List<Object> toPlain(List<DhcpDiagnostic> diagnostics) {
        List<Object> plain = new ArrayList<>();
        for (DhcpDiagnostic diagnostic : diagnostics) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("code", diagnostic.code());
            map.put("message", diagnostic.message());
            map.put("offset", diagnostic.offset());
            plain.add(map);
        }
        return plain;
    }
}
