package dev.pxekit.tree.internal;

import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/** Users and groups of file systems that know them by number only: the name is the number, unsigned and 32 bits wide. */
public final class NumericPrincipals extends UserPrincipalLookupService {

    /** The service; it is stateless. */
    public static final NumericPrincipals INSTANCE = new NumericPrincipals();

    private record Principal(String getName) implements GroupPrincipal {
        @Override
        public String toString() {
            return getName;
        }
    }

    private NumericPrincipals() {}

    /** The user of a number. */
    public static UserPrincipal user(long number) {
        return group(number);
    }

    /** The group of a number. */
    public static GroupPrincipal group(long number) {
        return new Principal(Long.toString(number));
    }

    @Override
    public UserPrincipal lookupPrincipalByName(String name) throws UserPrincipalNotFoundException {
        return lookupPrincipalByGroupName(name);
    }

    @Override
    public GroupPrincipal lookupPrincipalByGroupName(String group) throws UserPrincipalNotFoundException {
        try {
            return group(Integer.toUnsignedLong(Integer.parseUnsignedInt(group)));
        } catch (NumberFormatException e) {
            throw new UserPrincipalNotFoundException(group);
        }
    }
}
