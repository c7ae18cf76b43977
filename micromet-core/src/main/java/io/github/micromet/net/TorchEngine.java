// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.pixels.PixelBatch;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The network on libtorch's CPU kernels: BatchNorm folded, each convolution in its fastest layout,
 * one core for each caller.
 *
 * <p>Threads: safe for many; {@link #close} waits for the calls under way. Native memory of a call
 * is closed by the call; the weights are closed with the engine. The same batch gives the same bits
 * on one type of CPU, whatever runs beside it.
 */
public final class TorchEngine implements Engine {
  private static final String AVX2 = "AVX2";
  // The last stage's maps are 7 wide: less than half of a Fourier tile.
  private static final int FOURIER_STAGES = 3;

  private static final long MIB = 1 << 20;

  /** Resident once an engine is open: libtorch itself and the weights in Java and out of it. */
  public static final long RESIDENT_BYTES = 340 * MIB;

  private static final long FOR_A_CALLER = 110 * MIB;

  private final ModelContract contract;
  private final EngineInfo info;
  private final Precision precision;
  private final FoldedNetwork network;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private TorchEngine(
      ModelContract contract, EngineInfo info, Precision precision, FoldedNetwork network) {
    this.contract = contract;
    this.info = info;
    this.precision = precision;
    this.network = network;
  }

  /**
   * Copies the weights into native memory, ready to run.
   *
   * @throws MicrometException of kind RESOURCE if libtorch does not load here
   */
  public static TorchEngine open(TumorNet net, Precision precision) {
    // By the type of CPU and never by a stopwatch, or two runs would differ in their last bits.
    boolean fourier =
        precision.here() == Precision.FP32
            && TorchLibrary.require().detail().startsWith(AVX2)
            && Fourier.available();
    return open(net, precision, fourier ? FOURIER_STAGES : 0);
  }

  static TorchEngine open(TumorNet net, Precision precision, int fourierStages) {
    TorchLibrary.Status library = TorchLibrary.require();
    Precision here = precision.here();
    // Asking also makes it ready: without the question its first convolution fails.
    if (fourierStages > 0 && !Fourier.available()) {
      throw new IllegalStateException("no Fourier convolutions on this CPU");
    }
    String name = "libtorch " + library.version().orElseThrow();
    boolean reversed = net.contract().channels() == ModelContract.ChannelOrder.BGR;
    return new TorchEngine(
        net.contract(),
        new EngineInfo(fourierStages > 0 ? name + " with NNPACK" : name, "cpu", here.text()),
        here,
        new FoldedNetwork(net.state(), reversed, here, fourierStages));
  }

  /**
   * Peak native memory of one caller's batch, an upper estimate: scaled pixels, activations, and
   * the tiles and transformed weights of the Fourier convolutions. Fitted to the peak resident size
   * of 1 and 2 callers with batches of 8, 16 and 32 windows of 224, and of one window of 1120
   * pixels.
   *
   * @param batch windows
   * @param size their edge in pixels
   */
  public static long bytesFor(int batch, int size, Precision precision) {
    double windows = batch * Math.pow(size / 224.0, 2);
    // bfloat16 held in float32 makes a copy at each store.
    long each = precision.here() == Precision.BF16 ? 28 * MIB : 14 * MIB;
    return FOR_A_CALLER + (long) (windows * each);
  }

  @Override
  public EngineInfo info() {
    return info;
  }

  @Override
  public ModelContract contract() {
    return contract;
  }

  @Override
  public int outputsPerSide(int size) {
    if (size < contract.window() || size % contract.outputStride() != 0) {
      throw new IllegalArgumentException(
          size
              + " pixels: a window has at least "
              + contract.window()
              + " and a multiple of "
              + contract.outputStride());
    }
    return (size - contract.window()) / contract.outputStride() + 1;
  }

  @Override
  public long workingBytes(int batch, int size) {
    return bytesFor(batch, size, precision);
  }

  @Override
  public long residentBytes() {
    return RESIDENT_BYTES;
  }

  @Override
  public void logits(PixelBatch in, float[] out) {
    int side = outputsPerSide(in.size());
    int outputs = in.count() * side * side;
    if (out.length < outputs) {
      throw new IllegalArgumentException(out.length + " floats for " + outputs + " logits");
    }
    if (outputs == 0) {
      return;
    }
    lock.readLock().lock();
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      if (closed) {
        throw new IllegalStateException("the engine is closed");
      }
      torch.set_num_threads(1); // OpenMP keeps its number for each calling thread
      Tensor logits = network.forward(PixelScaling.apply(in, contract.scaling())).contiguous();
      new FloatPointer(logits.data_ptr()).get(out, 0, outputs);
    } catch (RuntimeException e) {
      throw NativeMemory.isExhausted(e) ? tooLarge(in, e) : e;
    } finally {
      lock.readLock().unlock();
    }
  }

  private static MicrometException tooLarge(PixelBatch in, RuntimeException e) {
    return new MicrometException(
        ErrorKind.RESOURCE,
        "memory",
        "a batch of " + in.count() + " windows of " + in.size() + " pixels does not fit",
        "Give fewer workers or a smaller --batch.",
        e);
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        network.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
