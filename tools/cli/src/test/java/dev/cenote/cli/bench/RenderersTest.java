package dev.cenote.cli.bench;

import static dev.cenote.cli.bench.Curves.saturating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.errors.ConfigurationException;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class RenderersTest {
    private final List<Point> points = saturating(4, 100, 1, 2, 4, 8, 16);
    private final Recommendation recommendation = new KneeRule(0.05, 32).apply(points);

    @Test
    void theTableHasALineForEachSize() {
        assertThat(CurveTable.of(points, recommendation).lines().toList())
                .hasSize(6)
                .element(3)
                .asString()
                .startsWith("   4        400/s     1 %    100 %")
                .endsWith("<- recommended");
        assertThat(CurveTable.of(points, recommendation).lines().filter(line -> line.contains("recommended")))
                .hasSize(1);
    }

    @Test
    void theColumnsOfTheTableAreAligned() {
        List<String> lines = CurveTable.of(points, recommendation).lines().toList();
        int end = lines.get(0).length();
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line.replaceAll("\\s*<- recommended", "")).hasSize(end));
    }

    @Test
    void thePlotMarksEachPointTwiceAndTheRecommendedOne() {
        String plot = CurvePlot.of(points, recommendation, CurvePlot.Glyphs.ASCII);
        assertThat(plot.chars()).as("ASCII").allMatch(each -> each < 128);
        List<String> lines = plot.lines().toList();
        String drawing = String.join("\n", lines.subList(1, 14));
        assertThat(drawing.chars().filter(each -> each == '*')).as(plot).hasSize(5);
        assertThat(drawing.chars().filter(each -> each == 'o')).as(plot).hasSizeBetween(3, 5);
        assertThat(lines.get(1)).as("best").contains("*").contains("400/s");
        assertThat(lines.get(16)).contains("^ recommended");
        int column = lines.get(16).indexOf('^');
        assertThat(lines.get(15).charAt(column)).isEqualTo('4');
        assertThat(lines.get(1).charAt(column)).as("the knee is at the top").isEqualTo('*');
    }

    @Test
    void thePlotHasNoMarkWithoutARecommendation() {
        List<Point> rising = saturating(64, 100, 1, 2, 4);
        String plot = CurvePlot.of(rising, new KneeRule(0.05, 32).apply(rising), CurvePlot.Glyphs.UNICODE);
        assertThat(plot).contains("●").doesNotContain("▲").doesNotContain("recommended");
    }

    @Test
    void aChartAsPngShowsBothCurvesAndTheMark(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("curve.PNG");
        CurveChart.write(file, "select 1", points, recommendation);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(900);
        Set<Integer> colors = new HashSet<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                colors.add(image.getRGB(x, y) & 0xFFFFFF);
            }
        }
        assertThat(colors).contains(0x1F6FB4, 0xD95F02, 0x2C8C4A);
    }

    @Test
    void aChartAsSvgIsWellFormedAndHasBothCurves(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("curve.svg");
        CurveChart.write(file, "select 1 < 2", points, recommendation);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document svg = factory.newDocumentBuilder().parse(file.toFile());
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        // Its text is drawn, so that it looks the same everywhere.
        assertThat(Files.readString(file)).contains("rgb(31,111,180)", "rgb(217,95,2)", "rgb(44,140,74)");
    }

    @Test
    void anotherExtensionIsRefusedByName() {
        assertThatThrownBy(() -> CurveChart.check(Path.of("curve.gif")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("chart must end with .png or .svg, was curve.gif");
        assertThat(Files.exists(Path.of("curve.gif"))).isFalse();
    }
}
