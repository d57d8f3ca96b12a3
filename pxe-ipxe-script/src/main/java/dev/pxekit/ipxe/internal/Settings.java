package dev.pxekit.ipxe.internal;

import java.util.Optional;

/** All settings of a machine, a tree of blocks. */
final class Settings {

    /** Blocks that a script may make. */
    private static final int MAX_BLOCKS = 1000;

    /** Bytes that one setting may hold. */
    private static final int MAX_SIZE = 1 << 20;

    private final SettingsBlock root = new SettingsBlock("", false);
    private final SettingsBlock builtin = new SettingsBlock("builtin", true);
    private final Budget budget;
    private int blocks = 1;

    Settings(Budget budget) {
        this.budget = budget;
        root.add(builtin);
    }

    /** Sets a setting that iPXE provides itself; an empty text removes it. */
    void builtin(String name, String text) {
        if (text.isEmpty()) {
            builtin.remove(name);
        } else {
            builtin.put(name, new SettingsBlock.Entry(text, SettingType.STRING));
        }
    }

    void errno(int number) {
        builtin.put("errno", SettingsBlock.Entry.of(SettingType.UINT32.encode(number), SettingType.UINT32));
    }

    /** The text of a setting; empty if there is none, or none that can be read as the type. */
    String text(String reference) {
        SettingName name = SettingName.parse(reference);
        return find(name)
                .flatMap(found -> readType(name, found).flatMap(type -> type.format(bytes(found))))
                .orElse("");
    }

    /** The bytes of a setting; reading them is work, whatever comes of it. */
    byte[] bytes(SettingsBlock.Found found) {
        budget.expansion(found.entry().octets().length());
        return found.entry().bytes();
    }

    Optional<SettingsBlock.Found> find(SettingName name) {
        return block(name.scope()).flatMap(block -> block.find(name.key()));
    }

    /** The type that a found setting reads as; empty if the type written in the reference is unknown. */
    static Optional<SettingType> readType(SettingName name, SettingsBlock.Found found) {
        if (name.hasUnknownType()) {
            return Optional.empty();
        }
        return Optional.of(name.type().orElse(found.entry().type()));
    }

    /** Stores bytes in a block, which is made if it is missing. */
    Status store(SettingName name, byte[] bytes, SettingType type) {
        SettingsBlock block = makeBlock(name.scope());
        if (block.isReadOnly()) {
            return Status.NOT_SUPPORTED;
        }
        if (bytes.length > MAX_SIZE) {
            throw budget.stop("the setting " + ByteText.display(name.name()) + " grew beyond " + MAX_SIZE + " bytes");
        }
        SettingsBlock.Entry entry = SettingsBlock.Entry.of(bytes, type);
        budget.retain(SettingsBlock.size(name.key(), entry) - block.size(name.key()));
        block.put(name.key(), entry);
        return Status.OK;
    }

    Status delete(SettingName name) {
        Optional<SettingsBlock> block = block(name.scope());
        if (block.isPresent()) {
            if (block.get().isReadOnly()) {
                return Status.NOT_SUPPORTED;
            }
            budget.retain(-block.get().size(name.key()));
            block.get().remove(name.key());
        }
        return Status.OK;
    }

    boolean hasScope(String scope) {
        return block(scope).isPresent();
    }

    private Optional<SettingsBlock> block(String scope) {
        if (scope.isEmpty()) {
            return Optional.of(root);
        }
        Optional<SettingsBlock> block = Optional.of(root);
        for (String part : path(scope)) {
            block = block.flatMap(parent -> parent.child(part));
        }
        return block;
    }

    private SettingsBlock makeBlock(String scope) {
        if (scope.isEmpty()) {
            return root;
        }
        String[] path = path(scope);
        SettingsBlock block = root;
        for (String part : path) {
            Optional<SettingsBlock> child = block.child(part);
            if (child.isPresent()) {
                block = child.get();
                continue;
            }
            if (path.length > SettingsBlock.MAX_DEPTH || ++blocks > MAX_BLOCKS) {
                throw budget.stop("more than " + MAX_BLOCKS + " scopes of settings, or nested deeper than "
                        + SettingsBlock.MAX_DEPTH);
            }
            String fullName = block.fullName().isEmpty() ? part : block.fullName() + "." + part;
            budget.retain(fullName.length());
            SettingsBlock made = new SettingsBlock(fullName, false);
            block.add(made);
            block = made;
        }
        return block;
    }

    /** {@code netX} is the interface opened last; there is only one. */
    private static String[] path(String scope) {
        String[] path = scope.split("\\.", -1);
        if (path[0].equals("netX")) {
            path[0] = "net0";
        }
        return path;
    }
}
