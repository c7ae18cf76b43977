// SPDX-License-Identifier: Apache-2.0
package io.github.micromet.train.choose;

import io.github.micromet.error.ErrorKind;
import io.github.micromet.error.MicrometException;
import io.github.micromet.run.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;

/**
 * Chooses regions to train on from slides and their truth.
 *
 * <p>Threads: each call by itself; the result does not depend on how many threads it uses.
 */
public final class Sampling {
  private final SamplingOptions options;
  private final List<String> notes = new ArrayList<>();

  private Sampling(SamplingOptions options) {
    this.options = options;
  }

  /**
   * Chooses.
   *
   * @param slides in any order; names must differ
   * @param threads how many slides are read at once, at least 1
   * @param progress a unit a slide
   * @throws MicrometException of kind USAGE if two slides have one name; of kind INPUT if a slide
   *     or its truth cannot be used, or the training slides have no tumour, or nothing without,
   *     though regions of it are wanted
   */
  public static SampledRegions of(
      List<SourceSlide> slides, SamplingOptions options, int threads, Progress progress) {
    refuseTwins(slides);
    List<SourceSlide> byName =
        slides.stream().sorted(Comparator.comparing(SourceSlide::name)).toList();
    return new Sampling(options).split(samples(byName, options, threads, progress));
  }

  private static void refuseTwins(List<SourceSlide> slides) {
    Set<String> names = new HashSet<>();
    for (SourceSlide slide : slides) {
      if (!names.add(slide.name())) {
        throw new MicrometException(
            ErrorKind.USAGE,
            slide.file().toString(),
            "is the second slide called " + slide.name(),
            "Rename one: rows name slides without folder and extension.");
      }
    }
  }

  private static List<SlideSample> samples(
      List<SourceSlide> slides, SamplingOptions options, int threads, Progress progress) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    progress.begin("choosing regions", slides.size());
    try {
      List<Callable<SlideSample>> tasks = new ArrayList<>();
      for (SourceSlide slide : slides) {
        tasks.add(
            () -> {
              SlideSample sample = SlideSampler.sample(slide, options);
              progress.advance(1);
              return sample;
            });
      }
      List<Future<SlideSample>> futures = tasks.stream().map(pool::submit).toList();
      List<SlideSample> samples = new ArrayList<>();
      for (Future<SlideSample> future : futures) {
        samples.add(future.get());
      }
      return samples;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while choosing regions", e);
    } finally {
      pool.shutdownNow();
      progress.end();
    }
  }

  private SampledRegions split(List<SlideSample> samples) {
    Set<String> kept = new HashSet<>();
    keep(samples.stream().filter(sample -> !sample.tumour().isEmpty()).toList(), "tumour", kept);
    keep(samples.stream().filter(sample -> sample.tumour().isEmpty()).toList(), "normal", kept);
    for (SlideSample sample : samples) {
      sample.notes().forEach(note -> notes.add(sample.source().name() + ": " + note));
    }
    List<SlideSample> taken = options.total() ? shared(samples) : samples;
    tellShortages(taken);
    List<SlideSample> training = new ArrayList<>();
    List<SlideSample> validation = new ArrayList<>();
    for (SlideSample sample : taken) {
      (kept.contains(sample.source().name()) ? validation : training).add(sample);
    }
    refuseEmpty(training, "tumour", options.tumour(), sample -> sample.tumour().size());
    refuseEmpty(training, "normal", options.normal(), sample -> sample.normal().size());
    return new SampledRegions(options, training, validation, notes);
  }

  /** Draws the slides of one kind that validation gets: a part, but neither none nor all of two. */
  private void keep(List<SlideSample> slides, String kind, Set<String> kept) {
    if (options.validation() == 0 || slides.isEmpty()) {
      return;
    }
    if (slides.size() == 1) {
      notes.add("there is one " + kind + " slide only: it is for training, validation has none");
      return;
    }
    List<SlideSample> order = new ArrayList<>(slides);
    new Shuffle(options.seed(), "validation " + kind).shuffle(order);
    long part = Math.round(options.validation() * slides.size());
    int count = (int) Math.max(1, Math.min(slides.size() - 1, part));
    order.subList(0, count).forEach(sample -> kept.add(sample.source().name()));
  }

  /** A total, spread over slides one by one until it is reached or there is no more room. */
  private List<SlideSample> shared(List<SlideSample> samples) {
    Map<String, Integer> tumour =
        spread(samples, options.tumour(), sample -> sample.tumour().size());
    Map<String, Integer> normal =
        spread(samples, options.normal(), sample -> sample.normal().size());
    return samples.stream()
        .map(s -> s.first(tumour.get(s.source().name()), normal.get(s.source().name())))
        .toList();
  }

  private static Map<String, Integer> spread(
      List<SlideSample> samples, int total, ToIntFunction<SlideSample> room) {
    Map<String, Integer> given = new HashMap<>();
    samples.forEach(sample -> given.put(sample.source().name(), 0));
    int left = total;
    boolean more = true;
    while (left > 0 && more) {
      more = false;
      for (SlideSample sample : samples) {
        int has = given.get(sample.source().name());
        if (left > 0 && has < room.applyAsInt(sample)) {
          given.put(sample.source().name(), has + 1);
          left--;
          more = true;
        }
      }
    }
    return given;
  }

  private void tellShortages(List<SlideSample> samples) {
    if (options.total()) {
      int tumour = samples.stream().mapToInt(sample -> sample.tumour().size()).sum();
      int normal = samples.stream().mapToInt(sample -> sample.normal().size()).sum();
      tell("all slides", options.tumour(), tumour, "tumour");
      tell("all slides", options.normal(), normal, "normal");
      return;
    }
    for (SlideSample sample : samples) {
      String name = sample.source().name();
      if (sample.source().truth().isPresent()) {
        tell(name, options.tumour(), sample.tumour().size(), "tumour");
      }
      tell(name, options.normal(), sample.normal().size(), "normal");
    }
  }

  private void tell(String where, int asked, int found, String kind) {
    if (found < asked) {
      notes.add(where + ": asked for " + asked + " " + kind + " regions, found room for " + found);
    }
  }

  private static void refuseEmpty(
      List<SlideSample> training, String kind, int asked, ToIntFunction<SlideSample> count) {
    if (asked > 0 && training.stream().mapToInt(count).sum() == 0) {
      throw new MicrometException(
          ErrorKind.INPUT,
          training.size() + " training slides",
          "have no " + kind + " region of " + SlideSampler.REGION + " pixels in tissue",
          "Add a slide that has, check the truth files and their groups, or ask for 0 of them.");
    }
  }
}
