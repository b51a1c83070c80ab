package com.nexasystems.billing.app;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A {@link Waterfall} as a picture: SVG without script, style sheet or anything from elsewhere. */
final class WaterfallSvg {

    private static final int WIDTH = 960;
    private static final int LEFT = 240;
    private static final int LENGTH = 540;
    private static final int RIGHT = WIDTH - 30;
    private static final int TOP = 96;
    private static final int ROW = 36;
    private static final int BAR = 22;
    private static final int LONGEST_LABEL = 28;
    private static final int LONGEST_TITLE = 80;
    /** What no XML document may hold, not even escaped. */
    private static final Pattern NOT_XML = Pattern.compile("[\\p{Cntrl}\\p{Cs}\uFFFE\uFFFF]");

    private final Waterfall waterfall;
    private final StringBuilder svg = new StringBuilder();

    private WaterfallSvg(Waterfall waterfall) {
        this.waterfall = waterfall;
    }

    /** @param subtitle what was compared, for whom, in which currency */
    static String draw(Waterfall waterfall, String title, String subtitle) {
        return new WaterfallSvg(waterfall).draw(title, subtitle);
    }

    private String draw(String title, String subtitle) {
        List<Waterfall.Bar> bars = waterfall.bars();
        int bottom = TOP + bars.size() * ROW;
        int height = bottom + 56;
        svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        line("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                + " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"14\" fill=\"#1a1a1a\">",
                WIDTH, height, WIDTH, height);
        line("<title>%s</title>", escaped(title));
        line("<desc>%s</desc>", escaped(subtitle));
        line("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
        line("<text x=\"30\" y=\"40\" font-size=\"20\" font-weight=\"bold\">%s</text>",
                escaped(shortened(title, LONGEST_TITLE)));
        line("<text x=\"30\" y=\"64\" fill=\"#555555\">%s</text>", escaped(subtitle));
        line("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#999999\"/>", LEFT, TOP - 6, LEFT, bottom);
        for (int i = 0; i < bars.size(); i++) {
            bar(bars.get(i), TOP + i * ROW);
        }
        for (int i = 0; i + 1 < bars.size(); i++) {
            connector(i);
        }
        legend(bottom + 28);
        return svg.append("</svg>\n").toString();
    }

    private void bar(Waterfall.Bar bar, int y) {
        int from = x(bar.from());
        int middle = y + BAR / 2 + 5;
        line("<g><title>%s: %s</title>", escaped(bar.label()), bar.text());
        line("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 12, middle,
                escaped(shortened(bar.label(), LONGEST_LABEL)));
        line("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>", from, y,
                Math.max(2, x(bar.to()) - from), BAR, colour(bar.kind()));
        line("<text x=\"%d\" y=\"%d\" text-anchor=\"end\"%s>%s</text></g>", RIGHT, middle,
                bar.kind() == Waterfall.Kind.TOTAL ? " font-weight=\"bold\"" : "", bar.text());
    }

    /** From where a bar has got to, to where the next one goes on. */
    private void connector(int i) {
        int x = x(reached(i));
        int y = TOP + i * ROW + BAR;
        line("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#777777\" stroke-dasharray=\"3 3\"/>", x, y, x,
                y + ROW - BAR);
    }

    private BigDecimal reached(int i) {
        return waterfall.bars().subList(1, i + 1).stream().map(bar -> bar.amount().amount())
                .reduce(waterfall.bars().get(0).amount().amount(), BigDecimal::add);
    }

    private void legend(int y) {
        swatch(LEFT, y, Waterfall.Kind.LESS, "customers pay less");
        swatch(LEFT + 180, y, Waterfall.Kind.MORE, "customers pay more");
        if (waterfall.start().signum() != 0) {
            line("<text x=\"%d\" y=\"%d\" fill=\"#555555\">the bars begin at %s, not at 0</text>", LEFT + 360, y,
                    waterfall.start().toPlainString());
        }
    }

    private void swatch(int x, int y, Waterfall.Kind kind, String text) {
        line("<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>", x, y - 11, colour(kind));
        line("<text x=\"%d\" y=\"%d\">%s</text>", x + 18, y, text);
    }

    private int x(BigDecimal value) {
        return LEFT + waterfall.at(value, LENGTH);
    }

    /** Two hues that colour-blind people tell apart, too. */
    private static String colour(Waterfall.Kind kind) {
        return switch (kind) {
            case TOTAL -> "#5f6b76";
            case LESS -> "#2166ac";
            case MORE -> "#d6791f";
            case SAME -> "#aaaaaa";
        };
    }

    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String shortened(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    private static String escaped(String text) {
        return NOT_XML.matcher(text).replaceAll("\uFFFD").replace("&", "&amp;")
                .replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
