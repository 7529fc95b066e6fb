package dev.cenote.cli.bench;

import dev.cenote.protocols.errors.ConfigurationException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.Styler.YAxisPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;

/** The curve as a picture in a file. Needs no screen. */
final class CurveChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 540;
    private static final Color RATE = new Color(0x1F, 0x6F, 0xB4);
    private static final Color TIME = new Color(0xD9, 0x5F, 0x02);
    private static final Color GRID = new Color(0xE3, 0xE3, 0xE3);
    private static final Color MARKER = new Color(0x2C, 0x8C, 0x4A);

    private CurveChart() {}

    /**
     * Refuses a file that is neither PNG nor SVG by its name.
     *
     * @throws ConfigurationException if it is neither
     */
    static void check(Path file) {
        if (!isPng(file) && !isSvg(file)) {
            throw new ConfigurationException("chart must end with .png or .svg, was " + file);
        }
    }

    private static boolean isPng(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".png");
    }

    private static boolean isSvg(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".svg");
    }

    /** Writes the picture to {@code file}, by its extension as PNG or SVG. Needs a point. */
    static void write(Path file, String title, List<Point> points, Recommendation recommendation) throws IOException {
        check(file);
        System.setProperty("java.awt.headless", "true");
        String found = recommendation.size().isPresent()
                ? "recommended: " + recommendation.size().getAsInt()
                : "no size recommended";
        XYChart chart = chart(title + "  (" + found + ")", points);
        recommendation.size().ifPresent(size -> mark(chart, size));
        if (isPng(file)) {
            BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
        } else {
            writeSvg(chart, file);
        }
    }

    /** By Batik: what XChart brings for it is under the LGPL. */
    private static void writeSvg(XYChart chart, Path file) throws IOException {
        Document document;
        try {
            document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVGGraphics2D.SVG_NAMESPACE_URI, "svg", null);
        } catch (ParserConfigurationException never) {
            throw new IOException("no SVG can be made here", never);
        }
        var graphics = new SVGGraphics2D(document);
        graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
        chart.paint(graphics, WIDTH, HEIGHT);
        try (var out = Files.newBufferedWriter(file)) {
            graphics.stream(out, true);
        }
    }

    private static XYChart chart(String title, List<Point> points) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("connections (pool.maxSize)")
                .yAxisTitle("calls per second")
                .build();
        chart.setYAxisGroupTitle(1, "p99 of a call, ms");
        style(chart, points);
        double[] sizes = points.stream().mapToDouble(Point::size).toArray();
        XYSeries rate = chart.addSeries(
                "throughput",
                sizes,
                points.stream().mapToDouble(Point::perSecond).toArray());
        draw(rate, RATE, 0);
        XYSeries time = chart.addSeries(
                "p99 of a call",
                sizes,
                points.stream()
                        .mapToDouble(point -> point.median(Sample::callP99) / 1_000)
                        .toArray());
        draw(time, TIME, 1);
        time.setMarker(SeriesMarkers.DIAMOND);
        return chart;
    }

    private static void style(XYChart chart, List<Point> points) {
        var styler = chart.getStyler();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(org.knowm.xchart.style.Styler.LegendLayout.Horizontal);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLocale(Locale.ROOT);
        styler.setYAxisGroupPosition(1, YAxisPosition.Right);
        styler.setXAxisMin(0.0);
        styler.setYAxisMin(0, 0.0);
        styler.setYAxisMin(1, 0.0);
        styler.setYAxisMax(
                0, 1.1 * points.stream().mapToDouble(Point::perSecond).max().orElse(1));
        styler.setYAxisMax(
                1,
                1.1
                        * points.stream()
                                .mapToDouble(point -> point.median(Sample::callP99))
                                .max()
                                .orElse(1)
                        / 1_000);
        styler.setXAxisDecimalPattern("#");
        styler.setYAxisDecimalPattern("#,##0.###");
    }

    private static void draw(XYSeries series, Color color, int axis) {
        series.setYAxisGroup(axis);
        series.setLineColor(color);
        series.setMarkerColor(color);
        series.setLineStyle(new BasicStroke(2.2f));
    }

    private static void mark(XYChart chart, int size) {
        chart.getStyler().setAnnotationLineColor(MARKER);
        chart.getStyler()
                .setAnnotationLineStroke(
                        new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1f, new float[] {6, 5}, 0));
        chart.addAnnotation(new AnnotationLine(size, true, false));
    }
}
