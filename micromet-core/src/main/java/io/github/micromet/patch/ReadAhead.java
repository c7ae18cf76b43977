// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.patch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Threads that make numbered batches ahead of whoever computes, and hand them out in order.
 *
 * <p>Threads: has its own makers; any number of workers may call {@link #next()}. The first
 * failure, of a maker or of a worker that calls {@link #fail}, stops all makers and is thrown by
 * every {@code next()} once they have stopped. Nothing polls. What is made ahead is bounded by
 * whatever the makers wait for in {@link #waitFor}.
 *
 * @param <B> a batch
 */
public final class ReadAhead<B> implements AutoCloseable {
  /** One piece of a maker's work. */
  @FunctionalInterface
  public interface Work {
    /** Does it and says whether there may be more. */
    boolean doOne() throws InterruptedException;
  }

  /** Something a maker waits for. */
  @FunctionalInterface
  public interface Wait<T> {
    T get() throws InterruptedException;
  }

  private final String name;
  private final int batches;
  private final Consumer<B> giveBack;
  private final List<Thread> makers = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Integer, B> ready = new HashMap<>(); // all below: by the lock
  private final Set<Thread> waiting = new HashSet<>(); // in waitFor
  private int handedOut;
  private int running;
  private boolean closed;
  private Throwable failure;
  private volatile boolean stopping; // written with the lock; read between pieces without

  /**
   * @param name of what is read, for threads and messages
   * @param batches how many will be delivered
   * @param giveBack takes a batch that was delivered but never handed out
   */
  public ReadAhead(String name, int batches, Consumer<B> giveBack) {
    this.name = name;
    this.batches = batches;
    this.giveBack = giveBack;
  }

  /**
   * Starts the makers; once.
   *
   * @param count how many
   * @param work makes each maker's own work, which it does until there is no more
   */
  public void start(int count, Supplier<Work> work) {
    running = count;
    for (int i = 0; i < count; i++) {
      Work own = work.get();
      Thread thread = new Thread(() -> run(own), "reader-" + (i + 1) + " " + name);
      thread.setDaemon(true);
      makers.add(thread);
    }
    makers.forEach(Thread::start);
  }

  /** How many batches there are in all. */
  public int batches() {
    return batches;
  }

  /** Whether the makers should stop: asked between pieces of work. */
  public boolean isStopping() {
    return stopping;
  }

  /**
   * The next batch in order, waiting for it; the caller owns it. Empty when all have been handed
   * out.
   *
   * @throws IllegalStateException if this is closed
   * @throws RuntimeException the first failure, the same for every caller
   */
  public Optional<B> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (closed) {
          throw new IllegalStateException("the reader of " + name + " is closed");
        }
        if (failure != null) {
          throwFailureOnceStopped();
        } else if (handedOut == batches) {
          return Optional.empty();
        } else if (ready.containsKey(handedOut)) {
          return Optional.of(ready.remove(handedOut++));
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void throwFailureOnceStopped() {
    if (running > 0) {
      return;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
  }

  /**
   * A worker has failed: all makers stop, and other workers get this from {@link #next()}. Only the
   * first failure counts.
   */
  public void fail(Throwable cause) {
    lock.lock();
    try {
      if (failure == null && !closed) {
        failure = cause;
        stop();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Stops the makers, waits for them and gives back every batch that was not handed out. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      stop();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread maker : makers) {
      while (maker.isAlive()) {
        try {
          maker.join();
        } catch (InterruptedException e) {
          // The buffers must be back before anybody frees them; the interrupt is kept for later.
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** With the lock held. */
  private void stop() {
    ready.values().forEach(giveBack);
    ready.clear();
    stopping = true;
    // Only those that wait: an interrupt in the middle of a read closes the file.
    waiting.forEach(Thread::interrupt);
    changed.signalAll();
  }

  private void run(Work work) {
    try {
      while (work.doOne()) {
        // One piece after the other.
      }
    } catch (InterruptedException e) {
      // Told to stop: by close(), or because another has failed.
    } catch (Throwable e) {
      fail(e);
    } finally {
      lock.lock();
      running--;
      changed.signalAll();
      lock.unlock();
    }
  }

  /**
   * Called by a maker: waits for something, unless the makers are to stop.
   *
   * @throws InterruptedException if they are
   */
  public <T> T waitFor(Wait<T> wait) throws InterruptedException {
    lock.lock();
    try {
      if (stopping) {
        throw new InterruptedException();
      }
      waiting.add(Thread.currentThread());
    } finally {
      lock.unlock();
    }
    try {
      return wait.get();
    } finally {
      lock.lock();
      waiting.remove(Thread.currentThread());
      Thread.interrupted(); // one that came with the answer must not reach the slide's file
      lock.unlock();
    }
  }

  /**
   * Called by a maker: the batch of that number is whole.
   *
   * @return false if the makers are to stop; the batch is then still the caller's
   */
  public boolean deliver(int number, B batch) {
    lock.lock();
    try {
      if (stopping) {
        return false;
      }
      ready.put(number, batch);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }
}
