package dev.pxekit.tftp;

/**
 * What the 16-bit block number on the wire does behind 65,535. RFC 1350 does not say; clients that can read such files expect
 * 0, and a few ask for 1 by the option {@code rollover} of tftp-hpa.
 */
enum Rollover {
    TO_ZERO {
        @Override
        int wire(long block) {
            return (int) (block & 0xFFFF);
        }

        @Override
        long ahead(int wire, long block) {
            return (wire - block) & 0xFFFF;
        }

        @Override
        long behind(int wire, long block) {
            return (block - wire) & 0xFFFF;
        }
    },

    TO_ONE {
        @Override
        int wire(long block) {
            return block == 0 ? 0 : (int) ((block - 1) % 0xFFFF) + 1;
        }

        @Override
        long ahead(int wire, long block) {
            // 0 is only the number of what comes before the first block.
            return wire == 0 ? (block == 0 ? 0 : Integer.MAX_VALUE) : Math.floorMod(wire - block, 0xFFFFL);
        }

        @Override
        long behind(int wire, long block) {
            return wire == 0 ? (block == 0 ? 0 : Integer.MAX_VALUE) : Math.floorMod(block - wire, 0xFFFFL);
        }
    };

    /** The number on the wire of a block, counted from 1; of 0 it is 0. */
    abstract int wire(long block);

    /** How many blocks after this one a number on the wire is, taken as the next that bears it. */
    abstract long ahead(int wire, long block);

    /** How many blocks before this one a number on the wire is, taken as the last that bore it. */
    abstract long behind(int wire, long block);

    static Rollover of(int first) {
        return first == 0 ? TO_ZERO : TO_ONE;
    }
}
