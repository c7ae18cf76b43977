// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.micromet.Golden;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.train.label.LabelledRegion.OnSlide;
import io.github.micromet.train.label.LabelledRegion.PatchImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingListsTest {
  private static final String POSITIVE = "blobs,1,2,1,1,1,1,1,1,1,1,1\n";
  private static final String NEGATIVE = "blobs,700,600,0,0,0,0,0,0,0,0,0\n";

  @TempDir Path folder;

  /** 1811 x 1403. */
  private Path slide;

  @BeforeEach
  void aSlide() throws IOException {
    Files.createDirectory(folder.resolve("images"));
    slide = folder.resolve("images/blobs.tif");
    Files.copy(Golden.root().resolve("conformance/slides/blobs-jpeg.tif"), slide);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static LabelSources of(List<Path> training, List<Path> validation) {
    return new LabelSources(
        training,
        validation,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty());
  }

  private static TrainingLists csv(Path file) {
    return TrainingLists.read(of(List.of(file), List.of()));
  }

  private static TrainingLists dataList(Path file) {
    return TrainingLists.read(
        new LabelSources(
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.of(file),
            Optional.empty(),
            OptionalDouble.empty()));
  }

  private static TrainingLists patches(Path place, OptionalDouble mpp) {
    return TrainingLists.read(
        new LabelSources(
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.of(place),
            mpp));
  }

  private static MicrometException refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable by) {
    MicrometException refusal = catchThrowableOfType(MicrometException.class, by);
    assertThat(refusal).isNotNull();
    assertThat(refusal.kind()).isEqualTo(ErrorKind.INPUT);
    assertThat(refusal.getMessage()).doesNotContain("\n");
    return refusal;
  }

  @Test
  void theLabelsOfTheFilesColumnsBecomeRowsAndTheCentreIsXThenY() throws Exception {
    Path file = write("training.csv", "blobs,700,600,0,0,1,1,0,1,0,1,1\n" + POSITIVE);
    LabelledRegion region = csv(file).training().get(0);
    assertThat(region.labels()).containsExactly(0, 1, 0, 0, 0, 1, 1, 1, 1);
    assertThat(region.place()).isEqualTo(new OnSlide(slide, 700, 600));
  }

  @Test
  void aSlideIsFoundWhateverTheCaseOfItsNameAndWithItsExtensionGiven() throws Exception {
    Path file =
        write("t.csv", POSITIVE.replace("blobs", "Blobs") + NEGATIVE.replace("blobs", "blobs.tif"));
    assertThat(csv(file).training()).allSatisfy(r -> assertThat(r.place().file()).isEqualTo(slide));
  }

  @Test
  void ofTwoSlidesOfOneNameTheTifIsTakenAndTwoOthersAreRefused() throws Exception {
    Files.copy(slide, folder.resolve("images/blobs.svs"));
    assertThat(csv(write("t.csv", POSITIVE + NEGATIVE)).training().get(0).place().file())
        .isEqualTo(slide);
    Files.move(slide, folder.resolve("images/blobs.ndpi"));
    MicrometException refusal = refused(() -> csv(folder.resolve("t.csv")));
    assertThat(refusal.problem()).startsWith("line 1 names blobs, which could be");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nobody,1,2,0,0,0,0,0,0,0,0,0     | line 3 names the slide nobody, which is not in",
        "blobs,1811,2,0,0,0,0,0,0,0,0,0   | line 3 is at x 1811, y 2, outside blobs.tif of 1811 x",
        "blobs,-1,2,0,0,0,0,0,0,0,0,0     | line 3 is at x -1, y 2, outside",
        "blobs,1400,1500,0,0,0,0,0,0,0,0,0| y exchanged would be on it",
        "blobs,1,2,0,0,0,0,0,0,0,0        | line 3 has 11 columns, not 12",
        "blobs,1,2,0,0,0,0,0,0,0,0,0,0    | line 3 has 13 columns, not 12",
        "blobs,1,2                        | line 3 has 3 columns, not 12",
        "blobs,1,2,0,0,0,2,0,0,0,0,0      | line 3 has the label '2', which is not 0 or 1",
        "blobs,1,2,0,0,0,,0,0,0,0,0       | line 3 has the label '', which",
        "blobs,1,2,0,0,0,0.5,0,0,0,0,0    | line 3 has the label '0.5', which",
        "blobs,1.5,2,0,0,0,0,0,0,0,0,0    | line 3 has the x '1.5', which is not a whole number",
        "blobs,1,y,0,0,0,0,0,0,0,0,0      | line 3 has the y 'y', which is not a whole number",
      })
  void aBadLineOfACsvIsNamedWithItsNumber(String line, String problem) throws Exception {
    Path file = write("training.csv", POSITIVE + "\n" + line + "\n" + NEGATIVE);
    MicrometException refusal = refused(() -> csv(file));
    assertThat(refusal.subject()).isEqualTo(file.toString());
    assertThat(refusal.problem()).contains(problem);
  }

  @Test
  void aTrainingOfOneClassIsRefusedAndAValidationOfOneClassNoted() throws Exception {
    Path negative = write("n.csv", NEGATIVE + NEGATIVE);
    Path positive = write("p.csv", POSITIVE);
    assertThat(refused(() -> csv(negative)).problem())
        .isEqualTo("all 18 labels of the training are 0");
    assertThat(refused(() -> csv(positive)).problem())
        .isEqualTo("all 9 labels of the training are 1");
    Path both = write("b.csv", NEGATIVE + POSITIVE);
    assertThat(TrainingLists.read(of(List.of(both), List.of(negative))).notes())
        .contains("All labels of the validation are 0.");
    assertThat(TrainingLists.read(of(List.of(negative, positive), List.of())).training())
        .hasSize(3);
  }

  @Test
  void nothingToLearnFromIsRefused() throws Exception {
    refused(() -> TrainingLists.read(of(List.of(), List.of())));
    Path empty = write("e.csv", "\n\n");
    assertThat(refused(() -> csv(empty)).problem()).contains("is empty");
    Path strange = write("s.csv", "a,b,c,d\n");
    assertThat(refused(() -> csv(strange)).problem()).isEqualTo("line 1 has 4 columns");
  }

  @Test
  void whatStandsTwiceAndWhatIsInBothListsIsNoted() throws Exception {
    Path file = write("t.csv", NEGATIVE + POSITIVE + NEGATIVE);
    List<String> notes = TrainingLists.read(of(List.of(file), List.of(file))).notes();
    assertThat(notes)
        .anySatisfy(
            note ->
                assertThat(note)
                    .contains("The training has 1 places")
                    .contains("t.csv line 3 as ")
                    .endsWith("t.csv line 1"))
        .anySatisfy(note -> assertThat(note).contains("share 1 file (blobs.tif)"));
  }

  @Test
  void aDataListHasTheRowBeforeTheColumnAndNineLabelsInRowsOrOne() throws Exception {
    Path file =
        write(
            "dataset.json",
            """
            {"name": "c16", "training": [
              {"image": "images/blobs.tif", "location": [600, 700], "label": [0,0,1,0,1,1,0,0,0]},
              {"image": "./images/blobs.tif", "location": [601, 700],
               "label": [[1,0,0],[0,0,0],[0,0,0]], "weight": 3},
              {"image": "images/blobs.tif", "location": [602, 700], "label": 1},
              {"image": "images/blobs.tif", "location": [603, 700], "label": [0]}],
             "validation": [{"image": "images/blobs.tif", "location": [5, 7], "label": 1}]}
            """);
    TrainingLists lists = dataList(file);
    assertThat(lists.training()).hasSize(4);
    assertThat(lists.training().get(0))
        .isEqualTo(
            new LabelledRegion(new OnSlide(slide, 700, 600), List.of(0, 0, 1, 0, 1, 1, 0, 0, 0)));
    assertThat(lists.training().get(1).labels()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0, 0);
    assertThat(lists.training().get(2).labels()).containsExactly(1);
    assertThat(lists.training().get(3).labels()).containsExactly(0);
    assertThat(lists.validation())
        .containsExactly(new LabelledRegion(new OnSlide(slide, 7, 5), List.of(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{`image`:`images/none.tif`,`location`:[1,2],`label`:1} | line 3 names images/none.tif, which",
        "{`location`:[1,2],`label`:1} | line 3 has no \"image\"",
        "{`image`:`images/blobs.tif`,`location`:[1500,7],`label`:1} | line 3 is at x 7, y 1500, outside",
        "{`image`:`images/blobs.tif`,`location`:[1],`label`:1} | line 3 has the location [1], not two",
        "{`image`:`images/blobs.tif`,`location`:[1.5,2],`label`:1} | line 3 has the location [1.5,2]",
        "{`image`:`images/blobs.tif`,`location`:[1,2],`label`:[1,0]} | line 3 has 2 labels, not 1 or 9",
        "{`image`:`images/blobs.tif`,`location`:[1,2]} | line 3 has 0 labels",
        "{`image`:`images/blobs.tif`,`location`:[1,2],`label`:2} | line 3 has the label '2'",
        "{`image`:`images/blobs.tif`,`location`:[1,2],`label`:`1`} | line 3 has the label '\"1\"'",
        "{`image`:`images/blobs.tif`,`location`:[1,2],`label`:1,`patch_level`:1} | patch_level 1",
        "{`image`:`images/blobs.tif`,`label`:[1,0,0,1,0,0,1,0,0]} | line 3 has 9 labels, not 1",
        "7 | line 3 is not an item",
        "{`image` | line 3 is no sound JSON",
      })
  void aBadItemOfADataListIsNamedWithItsLine(String item, String problem) throws Exception {
    String text =
        "{`training`: [\n{`image`:`images/blobs.tif`,`location`:[1,2],`label`:0},\n" + item + "]}";
    Path file = write("dataset.json", text.replace('`', '"'));
    MicrometException refusal = refused(() -> dataList(file));
    assertThat(refusal.subject()).isEqualTo(file.toString());
    assertThat(refusal.problem()).contains(problem);
  }

  @Test
  void aDataListWithoutATrainingListIsRefused() throws Exception {
    Path file = write("dataset.json", "{\"validation\": []}");
    assertThat(refused(() -> dataList(file)).problem()).contains("no list \"training\"");
  }

  @Test
  void aListOfPatchesHasAHeaderOrNotAndFoldersTellItsSplit() throws Exception {
    for (String image : new String[] {"train/a.png", "val/b.png", "c.tif", "test/d.png"}) {
      write(image, "");
    }
    String lines = "train/a.png,0\nval/b.png,1\nc.tif,1\ntest/d.png,1\n";
    for (String text : new String[] {lines, "file,label\n" + lines}) {
      TrainingLists lists = patches(write("p.csv", text), OptionalDouble.of(0.5));
      assertThat(lists.training())
          .containsExactly(
              new LabelledRegion(new PatchImage(folder.resolve("train/a.png"), 0.5), List.of(0)),
              new LabelledRegion(new PatchImage(folder.resolve("c.tif"), 0.5), List.of(1)));
      assertThat(lists.validation()).hasSize(1);
      assertThat(lists.notes()).anyMatch(note -> note.startsWith("1 images are for a test"));
    }
  }

  @Test
  void aHeaderMayNameSplitAndSpacingAndOthersArePassedOver() throws Exception {
    write("a.png", "");
    write("b.png", "");
    Path file =
        write(
            "p.csv",
            "label,origin,split,file,mpp\n0,x,train,a.png,0.972\n1,x,train,b.png,\n1,y,val,a.png,1\n");
    TrainingLists lists = patches(file, OptionalDouble.empty());
    assertThat(lists.training().get(0).place())
        .isEqualTo(new PatchImage(folder.resolve("a.png"), 0.972));
    assertThat(lists.training().get(1).place())
        .isEqualTo(new PatchImage(folder.resolve("b.png"), Double.NaN));
    assertThat(lists.validation().get(0).place())
        .isEqualTo(new PatchImage(folder.resolve("a.png"), 1));
  }

  @Test
  void kagglesIdsFindTheirFilesInTheFolderTrain() throws Exception {
    write("train/0a1.tif", "");
    write("train/0a2.tif", "");
    write("train_labels.csv", "id,label\n0a1,1\n0a2,0\n");
    assertThat(patches(folder, OptionalDouble.of(0.972)).training())
        .extracting(region -> region.place().file())
        .containsExactly(folder.resolve("train/0a1.tif"), folder.resolve("train/0a2.tif"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none.png,0,train,1 | line 3 names none.png, which is not there",
        "a.png,3,train,1    | line 3 has the label '3'",
        "a.png,0,later,1    | line 3 has the split 'later', which is not train, val or test",
        "a.png,0,train,-1   | line 3 has the mpp '-1', which is not a positive number",
        "a.png,0,train,NaN  | line 3 has the mpp 'NaN', which",
        "a.png,0            | line 3 has 2 columns, not 4",
      })
  void aBadLineOfAListOfPatchesIsNamedWithItsNumber(String line, String problem) throws Exception {
    write("a.png", "");
    Path file = write("p.csv", "file,label,split,mpp\na.png,1,train,1\n" + line + "\n");
    assertThat(refused(() -> patches(file, OptionalDouble.empty())).problem()).contains(problem);
  }

  @Test
  void aFolderOfPatchesHasItsClassesAsSubFolders() throws Exception {
    Path all = folder.resolve("all");
    write("all/train/tumor/a.png", "");
    write("all/train/Normal/b.JPG", "");
    write("all/valid/0/c.bmp", "");
    write("all/10253/1/d.png", "");
    write("all/train/readme.txt", "");
    write("all/train/loose.png", "");
    TrainingLists lists = patches(all, OptionalDouble.empty());
    assertThat(lists.training())
        .extracting(region -> all.relativize(region.place().file()).toString().replace('\\', '/'))
        .containsExactly("10253/1/d.png", "train/Normal/b.JPG", "train/tumor/a.png");
    assertThat(lists.training())
        .extracting(region -> region.labels().get(0))
        .containsExactly(1, 0, 1);
    assertThat(lists.validation()).hasSize(1);
    assertThat(lists.notes()).anyMatch(note -> note.contains("left out 1 images"));
  }
}
