package dev.pxekit.ipxe.internal;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A reference to a setting: {@code [scope/]name[:type]}.
 *
 * @param scope name of the block; empty for the root
 * @param name as written
 * @param key what it is stored under, the same for a name and the DHCP option number of the same setting
 * @param predefined the setting that iPXE knows by this name or number
 * @param typeName as written; empty optional if there is no colon
 */
record SettingName(
        String scope, String name, String key, Optional<PredefinedSetting> predefined, Optional<String> typeName) {

    static SettingName parse(String reference) {
        int slash = reference.indexOf('/');
        String scope = slash < 0 ? "" : reference.substring(0, slash);
        String rest = reference.substring(slash + 1);
        int colon = rest.indexOf(':');
        String name = colon < 0 ? rest : rest.substring(0, colon);
        Optional<String> typeName = colon < 0 ? Optional.empty() : Optional.of(rest.substring(colon + 1));
        Optional<String> option = option(name);
        Optional<PredefinedSetting> predefined =
                option.isPresent() ? PredefinedSetting.ofOption(option.get()) : PredefinedSetting.named(name);
        String key = predefined.map(PredefinedSetting::name).or(() -> option).orElse(name);
        return new SettingName(scope, name, key, predefined, typeName);
    }

    /** The type to use: the one written, else the predefined one; empty if there is neither or the type is unknown. */
    Optional<SettingType> type() {
        return typeName.isPresent() ? SettingType.named(typeName.get()) : predefined.map(PredefinedSetting::type);
    }

    boolean hasUnknownType() {
        return typeName.isPresent() && type().isEmpty();
    }

    /** The name for messages: that of the predefined setting if it is one. */
    String displayName() {
        return predefined.map(PredefinedSetting::name).orElse(name);
    }

    /** A name made of numbers and dots, in one notation. */
    private static Optional<String> option(String name) {
        if (name.isEmpty() || name.charAt(0) < '0' || name.charAt(0) > '9') {
            return Optional.empty();
        }
        StringBuilder option = new StringBuilder();
        for (String part : name.split("\\.", -1)) {
            OptionalLong number = ByteText.number(part);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            option.append(option.length() > 0 ? "." : "").append(number.getAsLong());
        }
        return Optional.of(option.toString());
    }
}
