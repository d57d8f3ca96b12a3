package dev.pxekit.ipxe.internal;

/** Replaces {@code ${…}} in a word: the first closing brace pairs with the last opening one before it, again and again. */
final class Expansion {

    private final Settings settings;
    private final Budget budget;

    Expansion(Settings settings, Budget budget) {
        this.settings = settings;
        this.budget = budget;
    }

    String expand(String word) {
        String text = word;
        while (true) {
            int firstOpen = text.indexOf("${");
            int close = firstOpen < 0 ? -1 : text.indexOf('}', firstOpen + 2);
            if (close < 0) {
                return text;
            }
            int open = text.lastIndexOf("${", close - 2);
            String value = settings.text(text.substring(open + 2, close));
            text = text.substring(0, open) + value + text.substring(close + 1);
            budget.expansion(text.length());
        }
    }
}
