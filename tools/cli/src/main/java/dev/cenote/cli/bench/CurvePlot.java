package dev.cenote.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The curve as a picture of characters: throughput by the left axis, p99 by the right one, both from zero; sizes at equal
 * distances, as they are no even numbers.
 */
final class CurvePlot {
    private static final int HEIGHT = 13;
    private static final int LEFT = 11;
    private static final int LEAST_STEP = 5;
    private static final int WIDTH = 60;

    private final List<Point> points;
    private final Glyphs glyphs;
    private final int step;
    private final char[][] cells;

    /** The characters that it is drawn with. */
    enum Glyphs {
        /** For terminals that know them. */
        UNICODE('●', '·', '○', '┤', '├', '│', '─', '└', '┘', '▲'),
        /** For all others. */
        ASCII('*', '.', 'o', '|', '|', '|', '-', '+', '+', '^');

        private final char rate;
        private final char between;
        private final char time;
        private final char tickLeft;
        private final char tickRight;
        private final char side;
        private final char bottom;
        private final char cornerLeft;
        private final char cornerRight;
        private final char marker;

        Glyphs(char... characters) {
            rate = characters[0];
            between = characters[1];
            time = characters[2];
            tickLeft = characters[3];
            tickRight = characters[4];
            side = characters[5];
            bottom = characters[6];
            cornerLeft = characters[7];
            cornerRight = characters[8];
            marker = characters[9];
        }
    }

    private CurvePlot(List<Point> points, Glyphs glyphs) {
        this.points = points;
        this.glyphs = glyphs;
        step = Math.max(LEAST_STEP, WIDTH / points.size());
        cells = new char[HEIGHT][step * points.size()];
        for (char[] row : cells) {
            Arrays.fill(row, ' ');
        }
    }

    /** The picture, with the recommended size marked if there is one; ends with a line break. Needs a point. */
    static String of(List<Point> points, Recommendation recommendation, Glyphs glyphs) {
        return new CurvePlot(points, glyphs).draw(recommendation.size().orElse(-1));
    }

    private String draw(int marked) {
        double mostRate = nice(Point::perSecond);
        double mostTime = nice(CurvePlot::p99);
        connect(mostRate);
        for (int i = 0; i < points.size(); i++) {
            cells[row(p99(points.get(i)), mostTime)][column(i)] = glyphs.time;
            cells[row(points.get(i).perSecond(), mostRate)][column(i)] = glyphs.rate;
        }
        var text = new StringBuilder();
        text.append("%s calls per second%s%s p99 of a call%n"
                .formatted(glyphs.rate, " ".repeat(Math.max(2, cells[0].length - 14)), glyphs.time));
        for (int row = 0; row < HEIGHT; row++) {
            boolean tick = row % ((HEIGHT - 1) / 2) == 0;
            double share = (HEIGHT - 1 - row) / (double) (HEIGHT - 1);
            text.append(("%" + LEFT + "s %c%s%c %s")
                            .formatted(
                                    tick ? label(Format.rate(share * mostRate), share) : "",
                                    tick ? glyphs.tickLeft : glyphs.side,
                                    new String(cells[row]),
                                    tick ? glyphs.tickRight : glyphs.side,
                                    tick ? label(Format.time(share * mostTime), share) : "")
                            .stripTrailing())
                    .append(System.lineSeparator());
        }
        return text.append(foot(marked)).toString();
    }

    private static String label(String text, double share) {
        return share == 0 ? "0" : text;
    }

    private String foot(int marked) {
        String indent = " ".repeat(LEFT + 1);
        var sizes = new StringBuilder();
        var marker = new StringBuilder();
        for (int i = 0; i < points.size(); i++) {
            String size = String.valueOf(points.get(i).size());
            sizes.append(" ".repeat(Math.max(0, column(i) - (size.length() - 1) / 2 - sizes.length())))
                    .append(size);
            if (points.get(i).size() == marked) {
                marker.append(" ".repeat(column(i))).append(glyphs.marker).append(" recommended");
            }
        }
        String line = String.valueOf(glyphs.bottom).repeat(cells[0].length);
        var foot = new StringBuilder();
        foot.append(indent).append(glyphs.cornerLeft).append(line).append(glyphs.cornerRight);
        foot.append(String.format(Locale.ROOT, "%n%s %s  connections%n", indent, sizes));
        if (!marker.isEmpty()) {
            foot.append(indent).append(' ').append(marker).append(System.lineSeparator());
        }
        return foot.toString();
    }

    private void connect(double mostRate) {
        for (int i = 0; i + 1 < points.size(); i++) {
            double from = points.get(i).perSecond();
            double to = points.get(i + 1).perSecond();
            for (int x = 1; x < step; x++) {
                cells[row(from + (to - from) * x / step, mostRate)][column(i) + x] = glyphs.between;
            }
        }
    }

    private int column(int point) {
        return point * step + step / 2;
    }

    private static int row(double value, double most) {
        return HEIGHT - 1 - (int) Math.round(value / most * (HEIGHT - 1));
    }

    private static double p99(Point point) {
        return point.median(Sample::callP99);
    }

    /** The next number above all values that is 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten. */
    private double nice(ToDoubleFunction<Point> value) {
        double most = Math.max(1e-6, points.stream().mapToDouble(value).max().orElse(1));
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        for (double factor : new double[] {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8}) {
            if (factor * power >= most) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
