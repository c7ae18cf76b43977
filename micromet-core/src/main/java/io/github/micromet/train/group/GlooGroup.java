// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.group;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.gloo.Device;

/**
 * Processes joined by libtorch's Gloo over TCP, met through the store of rank 0. A process that
 * dies closes its connections, and the others fail at their next sum; one that is silent is waited
 * for as long as the rendezvous says.
 *
 * <p>Gloo says {@code [Gloo] Rank 0 is connected ...} on stdout once; nobody can turn it off.
 *
 * <p>Threads: one at a time.
 */
public final class GlooGroup implements Group {
  private static final String LOOPBACK = "127.0.0.1";

  private final Rendezvous rendezvous;
  private final TCPStore store;
  private final ProcessGroupGloo gloo;
  private boolean closed;

  private GlooGroup(Rendezvous rendezvous, TCPStore store, ProcessGroupGloo gloo) {
    this.rendezvous = rendezvous;
    this.store = store;
    this.gloo = gloo;
  }

  /**
   * Meets the others; returns when all are there.
   *
   * @throws MicrometException of kind RESOURCE if they do not come within the timeout, or the port
   *     cannot be had
   */
  public static GlooGroup join(Rendezvous rendezvous) {
    Loader.load(org.bytedeco.pytorch.global.torch_gloo.class);
    try (PointerScope scope = new PointerScope()) {
      Milliseconds timeout = new Milliseconds(rendezvous.timeout().toMillis());
      TCPStoreOptions meeting =
          new TCPStoreOptions()
              .port((short) rendezvous.port()) // unsigned in C++
              .isServer(rendezvous.rank() == 0)
              .waitWorkers(true)
              .timeout(timeout);
      TCPStore store = new TCPStore(rendezvous.address(), meeting);
      store.setTimeout(timeout);
      ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(timeout);
      options.devices(new GlooDeviceVector(devices(rendezvous)));
      ProcessGroupGloo gloo =
          new ProcessGroupGloo(store, rendezvous.rank(), rendezvous.size(), options);
      store.retainReference(); // both outlive this scope
      gloo.retainReference();
      return new GlooGroup(rendezvous, store, gloo);
    } catch (RuntimeException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          "rank " + rendezvous.rank() + " of " + rendezvous.size(),
          "cannot meet the others at "
              + rendezvous.address()
              + ":"
              + rendezvous.port()
              + " within "
              + rendezvous.timeout().toSeconds()
              + " s ("
              + firstLine(e)
              + ")",
          "Start all of them with the same --master_addr and --master_port, a free port that no"
              + " firewall closes.",
          e);
    }
  }

  /**
   * By what this machine talks: the named interfaces, or loopback where all are on it, or the
   * address from which rank 0 is reached. Gloo's own choice is what the host's name means here,
   * which on many machines is a loopback address.
   */
  private static Device[] devices(Rendezvous rendezvous) {
    if (rendezvous.networkInterface().isPresent()) {
      return Stream.of(rendezvous.networkInterface().get().split(","))
          .map(name -> ProcessGroupGloo.createDeviceForInterface(name.strip()))
          .toArray(Device[]::new);
    }
    String address = rendezvous.address();
    if (address.equals(LOOPBACK) || address.equals("localhost")) {
      return new Device[] {ProcessGroupGloo.createDeviceForHostname(LOOPBACK)};
    }
    return new Device[] {
      ownAddress(address, rendezvous.port())
          // Rank 0 may know its own name as loopback; the others could not reach it there.
          .filter(own -> !own.isLoopbackAddress() || rendezvous.localSize() == rendezvous.size())
          .map(own -> ProcessGroupGloo.createDeviceForHostname(own.getHostAddress()))
          .orElseGet(ProcessGroupGloo::createDefaultDevice)
    };
  }

  /** The address of this machine from which that one is reached; nothing is sent. */
  static Optional<InetAddress> ownAddress(String address, int port) {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(address, port));
      return Optional.of(socket.getLocalAddress()).filter(own -> !own.isAnyLocalAddress());
    } catch (IOException | UncheckedIOException noWay) {
      return Optional.empty();
    }
  }

  @Override
  public int rank() {
    return rendezvous.rank();
  }

  @Override
  public int size() {
    return rendezvous.size();
  }

  @Override
  public void sum(Tensor inPlace) {
    together(inPlace, gloo::allreduce); // a sum unless told otherwise
  }

  @Override
  public void broadcast(Tensor inPlace) {
    together(inPlace, gloo::broadcast); // from rank 0 unless told otherwise
  }

  private void together(Tensor tensor, Function<TensorVector, Work> operation) {
    try (PointerScope scope = new PointerScope()) {
      operation.apply(new TensorVector(tensor))._wait();
    } catch (RuntimeException e) {
      throw new MicrometException(
          ErrorKind.RESOURCE,
          "rank " + rank() + " of " + size(),
          "another process is lost, or was silent for "
              + rendezvous.timeout().toSeconds()
              + " s ("
              + firstLine(e)
              + ")",
          "Its own last lines say why. Start all of them again with --resume; give a longer"
              + " --timeout if it was only slow.",
          e);
    }
  }

  private static String firstLine(RuntimeException e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    // "[/long/path/file.cc:534] Connection closed by peer [127.0.0.1]:4711. More."
    return line.replaceFirst("^\\[[^\\]]*\\] *", "").strip();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      gloo.releaseReference();
      store.releaseReference();
    }
  }
}
