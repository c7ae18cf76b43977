// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.cli;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import io.github.micromet.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** rooms.txt is what the code does: who may use whom, and who imports which library. */
class RoomsTest {
  /** Every room may use these. */
  private static final Set<String> COMMON = Set.of("error");

  /** Everybody may import these. */
  private static final List<String> OPEN =
      List.of("java.", "javax.", "com.sun.management.", "org.slf4j.");

  private static final Map<String, Rooms> ROOMS = Rooms.read();

  private static final JavaClasses MAIN = classesOfTheProgram();

  private static JavaClasses classesOfTheProgram() {
    // Only who names whom is asked; reading libtorch's thousand classes would take a minute.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages(Rooms.ROOT);
  }

  @Test
  void everyModuleIsSeen() {
    Set<String> seen = new TreeSet<>();
    MAIN.forEach(c -> seen.add(roomOf(c)));

    assertThat(seen).contains("slide", "grid", "cli");
  }

  @Test
  void everyPackageIsARoomAndEveryRoomAPackage() {
    Set<String> packages = new TreeSet<>();
    MAIN.forEach(c -> packages.add(roomOf(c)));

    assertThat(packages).isEqualTo(new TreeSet<>(ROOMS.keySet()));
  }

  @Test
  void aRoomUsesOnlyTheRoomsItNames() {
    classes().should(satisfy("use only rooms that rooms.txt allows", this::checkEdge)).check(MAIN);
  }

  @Test
  void aListedLibraryIsImportedOnlyByTheRoomsThatNameIt() {
    classes().should(satisfy("import only libraries of its room", this::checkLibrary)).check(MAIN);
  }

  @Test
  void noTwoRoomsUseEachOther() {
    slices().matching(Rooms.ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void everyPackageSaysItsJobInOneSentence() throws IOException {
    Pattern comment = Pattern.compile("/\\*\\*(.*?)\\*/\\s*package ([a-z0-9.]+);", Pattern.DOTALL);
    Set<String> documented = new TreeSet<>();
    for (Path file : sources("package-info.java")) {
      Matcher matcher = comment.matcher(Files.readString(file));
      assertThat(matcher.find()).as(file + " has a comment").isTrue();
      String sentence = matcher.group(1).replaceAll("\\s*\\n\\s*\\*", " ").strip();
      assertThat(sentence).as(file.toString()).matches("[A-Z][^.]*(\\.[^ .][^.]*)*\\.");
      documented.add(matcher.group(2).substring(Rooms.ROOT.length() + 1));
    }

    assertThat(documented).isEqualTo(new TreeSet<>(ROOMS.keySet()));
  }

  @Test
  void randomNumbersComeFromASeed() {
    noClasses().should().callConstructor(java.util.Random.class).check(MAIN);
    noClasses().should().callMethod(Math.class, "random").check(MAIN);
    noClasses()
        .should()
        .callMethod(java.util.concurrent.ThreadLocalRandom.class, "current")
        .check(MAIN);
  }

  @Test
  void nothingDependsOnTheMachinesCharsetOrLocale() {
    noClasses()
        .should()
        .accessTargetWhere(named("a default charset or locale", RoomsTest::takesADefault))
        .because("results must not depend on the machine: give UTF_8 and Locale.ROOT")
        .check(MAIN);
  }

  @Test
  void oldAndDangerousCallsAreNotMade() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.File")
        .because("paths are java.nio.file.Path")
        .check(MAIN);
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .because("it runs what it reads")
        .check(MAIN);
    noClasses().should().callMethod(System.class, "gc").check(MAIN);
    noClasses().should().callMethod(Runtime.class, "gc").check(MAIN);
    classes().should(satisfy("have no finalizer", this::checkFinalizer)).check(MAIN);
  }

  @Test
  void onlyTheCommandLineExitsOrPrints() {
    DescribedPredicate<JavaClass> elsewhere =
        DescribedPredicate.describe("are outside cli", c -> !roomOf(c).equals("cli"));
    noClasses().that(elsewhere).should().callMethod(System.class, "exit", int.class).check(MAIN);
    noClasses().that(elsewhere).should().accessField(System.class, "out").check(MAIN);
    noClasses().that(elsewhere).should().accessField(System.class, "err").check(MAIN);
    noClasses().that(elsewhere).should().callMethod(Throwable.class, "printStackTrace").check(MAIN);
  }

  @Test
  void onlyOneClassEndsTheProcess() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Micromet")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(MAIN);
  }

  @Test
  void testsDoNotSleep() {
    List<Path> folders = new ArrayList<>();
    for (String module : List.of("micromet-slide", "micromet-core", "micromet-cli")) {
      Path folder = Golden.root().resolve(module).resolve("target/test-classes");
      if (Files.isDirectory(folder)) {
        folders.add(folder);
      }
    }
    JavaClasses tests = new ClassFileImporter().importPaths(folders);

    assertThat(tests.size()).isPositive();
    noClasses()
        .should()
        .accessTargetWhere(
            named(
                "Thread.sleep",
                access ->
                    access.getTargetOwner().isEquivalentTo(Thread.class)
                        && access.getName().equals("sleep")))
        .because("a test waits for an event, never for a time")
        .check(tests);
  }

  // ---- The checks of one class.

  private void checkEdge(JavaClass from, ConditionEvents events) {
    Rooms room = ROOMS.get(roomOf(from));
    for (Dependency edge : from.getDirectDependenciesFromSelf()) {
      JavaClass to = edge.getTargetClass().getBaseComponentType();
      if (!to.getPackageName().startsWith(Rooms.ROOT + ".")) {
        continue;
      }
      String other = roomOf(to);
      boolean allowed =
          room != null
              && (other.equals(room.name())
                  || COMMON.contains(other)
                  || room.uses().contains("*")
                  || room.uses().contains(other));
      if (!allowed) {
        events.add(
            violated(from, roomOf(from) + " may not use " + other + ": " + edge.getDescription()));
      }
    }
  }

  private void checkLibrary(JavaClass from, ConditionEvents events) {
    Rooms room = ROOMS.get(roomOf(from));
    for (Dependency edge : from.getDirectDependenciesFromSelf()) {
      JavaClass to = edge.getTargetClass().getBaseComponentType();
      String name = to.getPackageName() + ".";
      if (name.startsWith(Rooms.ROOT + ".") || to.isPrimitive()) {
        continue;
      }
      boolean owned = ROOMS.values().stream().anyMatch(r -> names(r, name));
      boolean open = OPEN.stream().anyMatch(name::startsWith);
      if (owned ? !names(room, name) : !open) {
        events.add(
            violated(from, roomOf(from) + " may not import " + name + " " + edge.getDescription()));
      }
    }
  }

  private static boolean names(Rooms room, String packageName) {
    return room.libraries().stream().anyMatch(library -> packageName.startsWith(library + "."));
  }

  private void checkFinalizer(JavaClass c, ConditionEvents events) {
    if (c.tryGetMethod("finalize").isPresent()) {
      events.add(violated(c, c.getName() + " has a finalizer"));
    }
  }

  private static boolean takesADefault(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String call = owner + "." + access.getName();
    List<String> parameters =
        access.getTarget()
                instanceof com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget target
            ? target.getRawParameterTypes().stream().map(JavaClass::getName).toList()
            : List.of();
    boolean charset = parameters.contains("java.nio.charset.Charset") || named(parameters);
    boolean locale = parameters.contains("java.util.Locale");
    return switch (call) {
      case "java.lang.String.toLowerCase", "java.lang.String.toUpperCase" -> !locale;
      case "java.lang.String.format",
          "java.io.PrintStream.printf",
          "java.io.PrintStream.format",
          "java.io.PrintWriter.printf",
          "java.io.PrintWriter.format" ->
          !locale;
      case "java.lang.String.formatted",
          "java.util.Locale.getDefault",
          "java.nio.charset.Charset.defaultCharset" ->
          true;
      case "java.lang.String.getBytes" -> !charset && !parameters.contains("int");
      case "java.lang.String.<init>" -> parameters.contains("[B") && !charset;
      case "java.io.InputStreamReader.<init>",
          "java.io.OutputStreamWriter.<init>",
          "java.io.FileReader.<init>",
          "java.io.FileWriter.<init>" ->
          !charset && !parameters.contains("java.nio.charset.CharsetDecoder");
      case "java.io.ByteArrayOutputStream.toString" -> !charset;
      case "java.util.Formatter.<init>" -> !locale;
      case "java.text.DecimalFormat.<init>" ->
          !parameters.contains("java.text.DecimalFormatSymbols");
      case "java.text.SimpleDateFormat.<init>" -> !locale;
      default -> false;
    };
  }

  /** Whether a charset is given by name: a String after the bytes. */
  private static boolean named(List<String> parameters) {
    return parameters.size() > 1
        && parameters.get(parameters.size() - 1).equals("java.lang.String");
  }

  // ---- Small words for the rules above.

  private static String roomOf(JavaClass c) {
    String name = c.getPackageName();
    return name.equals(Rooms.ROOT) ? "" : name.substring(Rooms.ROOT.length() + 1);
  }

  private interface Check {
    void of(JavaClass c, ConditionEvents events);
  }

  private static ArchCondition<JavaClass> satisfy(String description, Check check) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass c, ConditionEvents events) {
        check.of(c, events);
      }
    };
  }

  private static DescribedPredicate<JavaAccess<?>> named(
      String description, java.util.function.Predicate<JavaAccess<?>> test) {
    return DescribedPredicate.describe(description, test);
  }

  private static boolean ships(Path module) {
    return module.getFileName().toString().startsWith("micromet-");
  }

  private static List<Path> sources(String fileName) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Golden.root())) {
      // Those that ship; benchmarks are no room.
      for (Path module : modules.filter(RoomsTest::ships).toList()) {
        Path source = module.resolve("src/main/java");
        if (Files.isDirectory(source)) {
          try (Stream<Path> files = Files.walk(source)) {
            files.filter(f -> f.getFileName().toString().equals(fileName)).forEach(found::add);
          }
        }
      }
    }
    return found;
  }
}
