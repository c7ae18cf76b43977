// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.net;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;

/** A {@link ModelContract} as one JSON object, its fields named as the record's. */
public final class ContractJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ContractJson() {}

  /** For the metadata of a safetensors file, under {@link TumorNet#CONTRACT_KEY}. */
  public static String write(ModelContract contract) {
    try {
      return JSON.writeValueAsString(contract);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of numbers is always JSON", e);
    }
  }

  /**
   * @param subject the file it comes from
   * @throws MicrometException of kind INPUT if it is no contract or one that this network cannot
   *     keep
   */
  static ModelContract parse(String json, String subject) {
    ModelContract contract;
    try {
      contract = JSON.readValue(json, ModelContract.class);
    } catch (JsonProcessingException e) {
      throw refused(subject, "its metadata '" + TumorNet.CONTRACT_KEY + "' is no contract");
    }
    if (contract == null) {
      throw refused(subject, "its metadata '" + TumorNet.CONTRACT_KEY + "' is empty");
    }
    if (contract.outputStride() != NetworkShape.STRIDE
        || contract.window() != NetworkShape.STRIDE * NetworkShape.POOL) {
      throw refused(
          subject,
          "its contract has windows of "
              + contract.window()
              + " with stride "
              + contract.outputStride()
              + "; this network has 224 and 32");
    }
    return contract;
  }

  private static MicrometException refused(String subject, String problem) {
    return new MicrometException(
        ErrorKind.INPUT,
        subject,
        problem,
        "Write the contract again, or remove it to have the reference's: "
            + write(ModelContract.REFERENCE));
  }
}
