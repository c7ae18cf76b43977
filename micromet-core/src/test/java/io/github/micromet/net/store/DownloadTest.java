// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.net.store.Download.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on this machine's loopback. */
class DownloadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MARK = "\"first\"";

  @TempDir Path folder;

  private final byte[] content = random(1, 300_000);
  private final PublishedModel.File file =
      new PublishedModel.File(
          "models/model.pt", URI.create("http://none.invalid/m_v1.pt"), md5(content));
  private final ConcurrentLinkedQueue<String> ranges = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  /** What the server does with the requests that come, in order; the last one also for the rest. */
  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private static String md5(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Source serve(Answer... answers) {
    server.createContext(
        "/base/models/model.pt",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          int index = ranges.size();
          ranges.add(range == null ? "whole" : range);
          try (exchange) {
            answers[Math.min(index, answers.length - 1)].to(exchange);
          }
        });
    return new Source.Web(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base"));
  }

  /** A server that knows ranges, for content under a mark. */
  private static Answer file(byte[] bytes, String mark) {
    return exchange -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
      boolean same = ifRange == null || ifRange.equals(mark);
      exchange.getResponseHeaders().set("ETag", mark);
      int from = 0;
      if (range != null && same) {
        from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (from >= bytes.length) {
          exchange.sendResponseHeaders(416, -1);
          return;
        }
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
      exchange.getResponseBody().write(bytes, from, bytes.length - from);
    };
  }

  /** Announces all, sends some and hangs up. */
  private static Answer cutAfter(int sent, byte[] bytes, String mark) {
    return exchange -> {
      exchange.getResponseHeaders().set("ETag", mark);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes, 0, sent);
      exchange.getResponseBody().flush();
    };
  }

  private Path fetch(Source source) {
    return new Download(source, folder, Download.Listener.NONE, PATIENCE).fetch(file);
  }

  private MicrometException refusal(Source source) {
    try {
      fetch(source);
    } catch (MicrometException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.RESOURCE);
      assertThat(folder.resolve("models/model.pt")).doesNotExist();
      return e;
    }
    throw new AssertionError("was fetched");
  }

  private List<String> left() throws IOException {
    try (var files = Files.list(folder.resolve("models"))) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aWholeFileArrivesUnderItsPathAndNothingElseStays() throws IOException {
    List<Long> progress = new ArrayList<>();
    Source source = serve(file(content, MARK));
    Path got =
        new Download(
                source,
                folder,
                (path, done, total) -> {
                  assertThat(path).isEqualTo("models/model.pt");
                  assertThat(total).isEqualTo(OptionalLong.of(content.length));
                  progress.add(done);
                },
                PATIENCE)
            .fetch(file);

    assertThat(got).isEqualTo(folder.resolve("models/model.pt")).hasBinaryContent(content);
    assertThat(left()).containsExactly("model.pt");
    assertThat(progress).isSorted().endsWith((long) content.length);
  }

  @Test
  void aFileThatIsThereIsNotAskedForAgain() {
    Source source = serve(file(content, MARK));
    fetch(source);
    fetch(source);
    assertThat(ranges).containsExactly("whole");
  }

  @Test
  void aDamagedFileUnderTheNameIsReplaced() throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.write(folder.resolve("models/model.pt"), new byte[10]);
    assertThat(fetch(serve(file(content, MARK)))).hasBinaryContent(content);
  }

  @Test
  void afterACutItGoesOnFromWhereItStopped() throws IOException {
    Path got = fetch(serve(cutAfter(100_000, content, MARK), file(content, MARK)));

    assertThat(got).hasBinaryContent(content);
    assertThat(ranges).hasSize(2);
    assertThat(ranges.peek()).isEqualTo("whole");
    assertThat(List.copyOf(ranges).get(1)).matches("bytes=[1-9]\\d*-");
    assertThat(left()).containsExactly("model.pt");
  }

  @Test
  void theNextRunGoesOnToo() throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.write(folder.resolve("models/model.pt.part"), Arrays.copyOf(content, 1234));
    Files.writeString(folder.resolve("models/model.pt.part.mark"), MARK);

    assertThat(fetch(serve(file(content, MARK)))).hasBinaryContent(content);
    assertThat(ranges).containsExactly("bytes=1234-");
  }

  @Test
  void aServerWithoutRangesSendsItWholeAgain() {
    Answer whole =
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content);
        };
    Path got = fetch(serve(cutAfter(100_000, content, MARK), whole));
    assertThat(got).hasBinaryContent(content);
    assertThat(ranges).hasSize(2);
  }

  @Test
  void withoutAMarkItIsNotContinued() {
    Answer cut =
        exchange -> {
          exchange.sendResponseHeaders(200, content.length);
          exchange.getResponseBody().write(content, 0, 100_000);
        };
    assertThat(fetch(serve(cut, file(content, MARK)))).hasBinaryContent(content);
    assertThat(ranges).containsExactly("whole", "whole");
  }

  @Test
  void aFileThatChangedBetweenTwoTriesIsStartedAgain() {
    byte[] older = random(2, 200_000);
    Path got = fetch(serve(cutAfter(150_000, older, "\"older\""), file(content, MARK)));
    assertThat(got).hasBinaryContent(content);
    assertThat(List.copyOf(ranges).get(1)).startsWith("bytes=");
  }

  @Test
  void aPartLongerThanTheFileIsStartedAgain() throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.write(folder.resolve("models/model.pt.part"), new byte[content.length + 5]);
    Files.writeString(folder.resolve("models/model.pt.part.mark"), MARK);
    assertThat(fetch(serve(file(content, MARK)))).hasBinaryContent(content);
  }

  @Test
  void aRangeFromElsewhereIsNotTaken() throws IOException {
    Files.createDirectories(folder.resolve("models"));
    Files.write(folder.resolve("models/model.pt.part"), Arrays.copyOf(content, 1234));
    Files.writeString(folder.resolve("models/model.pt.part.mark"), MARK);
    Answer elsewhere =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 5-9/10");
          exchange.sendResponseHeaders(206, 5);
          exchange.getResponseBody().write(new byte[5]);
        };
    assertThat(fetch(serve(elsewhere, file(content, MARK)))).hasBinaryContent(content);
  }

  @Test
  void aFileWithAnotherHashIsRemoved() throws IOException {
    byte[] other = random(3, 1000);
    MicrometException e = refusal(serve(file(other, MARK)));
    assertThat(e.problem())
        .isEqualTo("has MD5 " + md5(other) + ", not " + md5(content) + "; it was removed");
    assertThat(left()).isEmpty();
  }

  @Test
  void aRefusingServerIsNamedWithItsStatus() {
    MicrometException e = refusal(serve(exchange -> exchange.sendResponseHeaders(404, -1)));
    assertThat(e.subject()).endsWith("/base/models/model.pt");
    assertThat(e.problem()).isEqualTo("the server answered 404");
    assertThat(ranges).hasSize(1);
  }

  @Test
  void afterThreeCutsThePersonIsAskedAndWhatCameIsKept() throws IOException {
    MicrometException e = refusal(serve(cutAfter(100_000, content, MARK)));
    assertThat(e.problem()).startsWith("failed 3 times").endsWith("; 100000 bytes are here");
    assertThat(ranges).hasSize(3);
    assertThat(left()).contains("model.pt.part", "model.pt.part.mark");
  }

  @Test
  void aSilentServerIsNotWaitedForForEver() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    Source source =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, content.length);
              exchange.getResponseBody().write(content, 0, 10);
              exchange.getResponseBody().flush();
              try {
                assertThat(never.await(1, TimeUnit.MINUTES)).isTrue();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    assertThatThrownBy(
            () ->
                new Download(source, folder, Download.Listener.NONE, Duration.ofMillis(300))
                    .fetch(file))
        .isInstanceOf(MicrometException.class)
        .hasMessageContaining("failed 3 times");
    never.countDown();
  }

  @Test
  void aMirrorFolderServesByPathOrByPublishedName() throws IOException {
    Path mirror = folder.resolve("mirror");
    Files.createDirectories(mirror);
    assertThat(refusal(new Source.Mirror(mirror)).problem())
        .isEqualTo("holds neither models/model.pt nor m_v1.pt");

    Files.write(mirror.resolve("m_v1.pt"), random(4, 10));
    assertThat(refusal(new Source.Mirror(mirror)).problem()).contains("it was removed");
    assertThat(mirror.resolve("m_v1.pt")).exists();

    Files.write(mirror.resolve("m_v1.pt"), content);
    assertThat(fetch(new Source.Mirror(mirror))).hasBinaryContent(content);
    assertThat(ranges).isEmpty();
  }

  @Test
  void thePublishedFilesAreThoseOfTheBundle() {
    assertThat(PublishedModel.FILES)
        .extracting(PublishedModel.File::path)
        .containsExactly("models/model.pt", "training.csv", "validation.csv", "testing.csv");
    assertThat(PublishedModel.FILES)
        .allSatisfy(
            each -> {
              assertThat(each.url().getScheme()).isEqualTo("https");
              assertThat(each.md5()).matches("[0-9a-f]{32}");
            });
    assertThat(PublishedModel.WEIGHTS.url().getPath())
        .endsWith("/model_pathology_tumor_detection_v1.pt");
  }
}
