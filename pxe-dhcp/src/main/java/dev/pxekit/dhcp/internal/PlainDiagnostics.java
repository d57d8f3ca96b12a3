package dev.pxekit.dhcp.internal;

import dev.pxekit.dhcp.DhcpDiagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plain form of diagnostics. */
public final class PlainDiagnostics {

    private PlainDiagnostics() {}

    /** A list with a map for each: code, message, offset. */
    public static List<Object> toPlain(List<DhcpDiagnostic> diagnostics) {
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
