// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net.store;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.function.LongConsumer;

/**
 * Writes a response to a file as it comes and closes the file however the response ends.
 *
 * <p>Threads: called by the client's threads, one at a time.
 */
final class FileBody implements BodySubscriber<Void> {
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final HttpTransfer.Opening opening;
  private final LongConsumer written;
  private Subscription subscription;
  private FileChannel out;

  /**
   * @param written hears the bytes of each write
   */
  FileBody(HttpTransfer.Opening opening, LongConsumer written) {
    this.opening = opening;
    this.written = written;
  }

  @Override
  public CompletionStage<Void> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Subscription to) {
    subscription = to;
    try {
      out = opening.open();
      to.request(Long.MAX_VALUE);
    } catch (IOException e) {
      to.cancel();
      done.completeExceptionally(e);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    try {
      for (ByteBuffer buffer : buffers) {
        int bytes = buffer.remaining();
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        written.accept(bytes);
      }
    } catch (IOException e) {
      subscription.cancel();
      onError(e);
    }
  }

  @Override
  public void onError(Throwable problem) {
    close();
    done.completeExceptionally(problem);
  }

  @Override
  public void onComplete() {
    if (close()) {
      done.complete(null);
    }
  }

  private boolean close() {
    try {
      if (out != null) {
        out.close();
      }
      return true;
    } catch (IOException e) {
      done.completeExceptionally(e);
      return false;
    }
  }
}
