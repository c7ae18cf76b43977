// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.log;

/**
 * Is told of a training as it goes; several may listen.
 *
 * <p>Threads: one at a time.
 */
public interface TrainingLog extends AutoCloseable {
  /**
   * A step has ended.
   *
   * @param step global, from 1
   * @param loss of its batch
   */
  void step(long step, double loss);

  /**
   * An epoch has ended, its validation too.
   *
   * @param epoch from 1
   * @param trainAccuracy of the running model on altered patches, 0..1
   * @param validAccuracy 0..1; NaN if this epoch was not validated
   * @param learningRate of this epoch
   */
  void epoch(int epoch, double trainAccuracy, double validAccuracy, double learningRate);

  /**
   * Patches as the network sees them, once at the start.
   *
   * @param patch size,size,3 float32, 0..255
   */
  void sample(int index, int label, float[] patch, int size);

  /** Everything told so far is in the files after this. */
  void flush();

  @Override
  void close();
}
