// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.file.AtomicFiles;
import io.github.micromet.net.weights.StateDict;
import io.github.micromet.net.weights.TorchWriter;
import io.github.micromet.run.Calibration;
import io.github.micromet.run.OutputFile;
import io.github.micromet.run.Parameters;
import io.github.micromet.run.RunJson;
import io.github.micromet.run.RunLock;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a training: which names are its own, and that nobody else's files are touched. Only
 * rank 0 has one. Every file in it is whole, or hidden and unfinished.
 *
 * <p>Threads: one.
 */
final class TrainFolder implements AutoCloseable {
  static final String MODEL = "model.pt";
  static final String CARD = "model.json";
  static final String LAST = "last.safetensors";
  static final String RECORD = "train.json";
  static final String CSV = "train.csv";
  static final String PICTURE = "train.png";

  /** Folder of TensorBoard's event files. */
  static final String EVENTS = "log";

  /** What `micromet calibrate` puts beside the model. */
  private static final String CALIBRATION =
      Calibration.beside(Path.of(MODEL)).getFileName().toString();

  private static final List<String> NAMES =
      List.of(MODEL, CARD, CALIBRATION, LAST, RECORD, CSV, PICTURE, EVENTS, RunLock.NAME);
  private static final String EVENT_FILE = "events.out.tfevents.";
  private static final int NAMES_TOLD = 3;

  private final Path path;
  private final RunLock lock;

  private TrainFolder(Path path, RunLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes the folder, or takes one that is empty, or one with a training that is to be resumed or
   * overwritten.
   *
   * @throws MicrometException of kind USAGE if it holds other files or a training that is neither,
   *     or another process is writing into it; of kind RESOURCE if it cannot be made
   */
  static TrainFolder open(TrainOptions options) {
    Path folder = options.out();
    if (options.overwrite().filter(named -> !isSame(named, folder)).isPresent()) {
      throw usage(
          "--overwrite " + options.overwrite().get(),
          "is not the output folder, which is " + folder,
          "Name the same folder twice, or leave --overwrite out.");
    }
    create(folder);
    if (options.overwrite().isEmpty()) {
      refuse(folder, options.resume());
    }
    return new TrainFolder(folder, RunLock.of(folder));
  }

  private static void refuse(Path folder, boolean resume) {
    List<String> names = names(folder);
    List<String> foreign = names.stream().filter(name -> !NAMES.contains(name)).toList();
    if (!foreign.isEmpty()) {
      throw usage(
          folder.toString(),
          "holds " + told(foreign) + " that no training wrote",
          "Choose an empty or a new folder, or add --overwrite " + folder + ".");
    }
    if (!resume && names.stream().anyMatch(name -> !name.equals(RunLock.NAME))) {
      throw usage(
          folder.toString(),
          "holds a training already (" + told(names) + ")",
          "Add --resume to go on with it, choose another folder, or add --overwrite "
              + folder
              + ".");
    }
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /** The last checkpoint, if there is one. */
  static Optional<Path> last(Path folder) {
    return Optional.of(folder.resolve(LAST)).filter(Files::isRegularFile);
  }

  /**
   * Makes room for a training that begins at its start.
   *
   * @param resume whether it was to go on, but there is no checkpoint
   * @param settings that decide the weights
   * @throws MicrometException of kind USAGE if it was to go on from weights that are another
   *     training's, or finished
   */
  void begin(boolean resume, Parameters settings) {
    if (resume && Files.exists(file(MODEL)) && !TrainRecord.isUnfinished(file(RECORD), settings)) {
      throw usage(
          path.toString(),
          "holds " + MODEL + " but no " + LAST + " to go on from",
          "Choose another folder to train anew, with --init "
              + file(MODEL)
              + " to start from these weights; --overwrite "
              + path
              + " would remove them.");
    }
    clear();
  }

  /** What is not as it was when this training was stopped, a sentence each. */
  List<String> changes(TrainRecord now) {
    List<String> changes = new ArrayList<>(now.changesSince(file(RECORD)));
    Optional<OutputFile> described = TrainRecord.modelOf(file(CARD));
    if (described.isPresent() && !model().equals(described)) {
      changes.add(file(MODEL) + " is not the file that " + CARD + " describes");
    }
    return changes;
  }

  /** Removes what an earlier training left, its checkpoint first. */
  private void clear() {
    for (String name : List.of(LAST, MODEL, CARD, CALIBRATION, RECORD, CSV, PICTURE, EVENTS)) {
      try {
        remove(file(name));
      } catch (IOException e) {
        throw new MicrometException(
            ErrorKind.RESOURCE,
            file(name).toString(),
            "is of an earlier training and cannot be removed (" + e.getMessage() + ")",
            "Make the folder writable, or choose another.",
            e);
      }
    }
  }

  private static void remove(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.deleteIfExists(path);
      return;
    }
    // Somebody else's files may lie there too.
    int left = 0;
    try (Stream<Path> inside = Files.list(path)) {
      for (Path file : inside.toList()) {
        if (Files.isRegularFile(file) && file.getFileName().toString().startsWith(EVENT_FILE)) {
          Files.delete(file);
        } else {
          left++;
        }
      }
    }
    if (left == 0) {
      Files.delete(path);
    }
  }

  /** Writes {@code model.pt}, a bare state dict that torch.load(weights_only=True) opens. */
  OutputFile writeModel(StateDict weights) {
    TorchWriter.write(file(MODEL), weights);
    return OutputFile.of(file(MODEL));
  }

  /** The best weights so far, as they lie there. */
  Optional<OutputFile> model() {
    return Optional.of(file(MODEL)).filter(Files::isRegularFile).map(OutputFile::of);
  }

  void write(String name, TrainRecord record) {
    RunJson.write(file(name), record);
  }

  @Override
  public void close() {
    lock.close();
  }

  private static boolean isSame(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw usage(e.getFile(), "is a file, not a folder", "Choose another output folder.");
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          folder.toString(),
          "cannot be made (" + e.getMessage() + ")",
          "Choose a folder that can be written to.",
          e);
    }
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !AtomicFiles.isUnfinished(file))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          folder.toString(),
          "cannot be listed (" + e.getMessage() + ")",
          "Choose a folder that can be read.",
          e);
    }
  }

  private static String told(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMES_TOLD, names.size())));
    int more = names.size() - NAMES_TOLD;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  private static MicrometException usage(String subject, String problem, String remedy) {
    return new MicrometException(ErrorKind.USAGE, subject, problem, remedy);
  }
}
