// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One file over HTTP into a {@link PartialFile}, from where it stopped if the server allows. */
final class HttpTransfer {
  private static final int WHOLE = 200;
  private static final int PART = 206;
  private static final int NOT_THAT_RANGE = 416;

  private final URI address;
  private final PartialFile partial;
  private final Duration patience;

  HttpTransfer(URI address, PartialFile partial, Duration patience) {
    this.address = address;
    this.partial = partial;
    this.patience = patience;
  }

  /** Hears how far it is. */
  interface Meter {
    void at(long done, OptionalLong total);
  }

  /** The server answered, but not with the file. */
  static final class StatusException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    StatusException(int status) {
      super("status " + status);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * Returns when the whole file is here, as far as the server tells.
   *
   * @throws StatusException if the server refuses
   * @throws IOException if the connection is lost or silent; what came is kept
   */
  void run(Meter meter) throws IOException, InterruptedException {
    Optional<String> validator = partial.size() > 0 ? partial.validator() : Optional.empty();
    int status = once(validator, meter);
    if (status == NOT_THAT_RANGE && validator.isPresent()) {
      status = once(Optional.empty(), meter);
    }
    if (status != WHOLE && status != PART) {
      throw new StatusException(status);
    }
  }

  private int once(Optional<String> validator, Meter meter)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience).GET();
    long here = validator.isPresent() ? partial.size() : 0;
    // With If-Range a file that has changed comes whole instead of as the end of another.
    validator.ifPresent(
        mark -> request.header("Range", "bytes=" + here + "-").header("If-Range", mark));
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience)
            .build();
    AtomicLong heard = new AtomicLong();
    HttpResponse<Void> answer =
        await(client.sendAsync(request.build(), body(here, meter, heard)), heard);
    boolean elsewhere = answer.statusCode() == PART && !startsAt(answer.headers(), here);
    return elsewhere ? NOT_THAT_RANGE : answer.statusCode();
  }

  /** HttpClient has no limit on silence within a body: this one watches the count of bytes. */
  private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> answer, AtomicLong heard)
      throws IOException, InterruptedException {
    long before = -1;
    while (true) {
      try {
        return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (heard.get() == before) {
          answer.cancel(true);
          throw new IOException("nothing came for " + patience.toMillis() + " ms", e);
        }
        before = heard.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      } catch (InterruptedException e) {
        answer.cancel(true);
        throw e;
      }
    }
  }

  private BodyHandler<Void> body(long here, Meter meter, AtomicLong heard) {
    return head -> {
      boolean append = head.statusCode() == PART && startsAt(head.headers(), here);
      if (head.statusCode() != WHOLE && !append) {
        return BodySubscribers.replacing(null);
      }
      long start = append ? here : 0;
      OptionalLong length = head.headers().firstValueAsLong("Content-Length");
      OptionalLong total =
          length.isPresent() ? OptionalLong.of(start + length.getAsLong()) : OptionalLong.empty();
      return new FileBody(
          () -> append ? partial.append() : partial.restart(validator(head.headers())),
          bytes -> meter.at(start + heard.addAndGet(bytes), total));
    };
  }

  /** Opens the file when the first byte is due. */
  interface Opening {
    FileChannel open() throws IOException;
  }

  private static boolean startsAt(HttpHeaders headers, long here) {
    return headers
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes " + here + "-"))
        .isPresent();
  }

  /** A strong ETag, or else the date; empty if the file cannot be recognised next time. */
  private static String validator(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> headers.firstValue("Last-Modified"))
        .orElse("");
  }
}
