package dev.pxekit.ipxe.internal;

import dev.pxekit.ipxe.Resource;
import java.util.Optional;

/** A downloaded image: the only thing in here that changes are its flags and arguments. */
final class Image {

    /** What iPXE takes an image for. */
    enum Type {
        SCRIPT("script"),
        LINUX("bzImage"),
        OTHER("");

        private final String label;

        Type(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private final String name;
    private final UriReference uri;
    private final Resource resource;
    private final Type type;
    private Optional<String> arguments = Optional.empty();
    private boolean autofree;
    private long charged;

    Image(String name, UriReference uri, Resource resource, Type type) {
        this.name = name;
        this.uri = uri;
        this.resource = resource;
        this.type = type;
    }

    String name() {
        return name;
    }

    UriReference uri() {
        return uri;
    }

    Resource resource() {
        return resource;
    }

    Type type() {
        return type;
    }

    Optional<String> arguments() {
        return arguments;
    }

    void arguments(Optional<String> newArguments) {
        arguments = newArguments;
    }

    /** What the image counts for in the budget: its texts, and its content if that is inline. */
    private long size() {
        long content = uri.scheme().equalsIgnoreCase("data") ? resource.sizeInBytes() : 0;
        return content
                + name.length()
                + uri.toString().length()
                + arguments.map(String::length).orElse(0);
    }

    /** Charges what changed since it was last charged. */
    void charge(Budget budget) {
        long size = size();
        long change = size - charged;
        charged = size;
        budget.retain(change);
    }

    /** Gives back what was charged. */
    void release(Budget budget) {
        budget.retain(-charged);
        charged = 0;
    }

    boolean isAutofree() {
        return autofree;
    }

    void markAutofree() {
        autofree = true;
    }
}
