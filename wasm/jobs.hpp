// Jobs as the engine sees them: whatever they compute, they advance and have a result.
#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "networks.hpp"
#include "objects.hpp"
#include "outline.hpp"
#include "phase.hpp"
#include "tensors.hpp"
#include "training.hpp"

namespace initscope::binding {

/// A job of any kind as the engine sees it.
class Job {
 public:
  virtual ~Job() = default;
  virtual bool advance() = 0;
  virtual double progress() const = 0;
  /// What a job that goes on in time has shown since the last call; null if it has none.
  virtual val frames() { return val::null(); }
  virtual val result() const = 0;
};

/// A job about one tensor, whose result says by what that may surprise.
template <class CoreJob>
class Simple final : public Job {
 public:
  template <class Spec>
  explicit Simple(const Spec& spec)
      : job_(spec), warnings_(scope::warnings(spec.scheme, spec.shape)) {}
  bool advance() override { return job_.advance(); }
  double progress() const override { return job_.progress(); }
  val result() const override {
    using Result = std::remove_cvref_t<decltype(job_.result())>;
    return object_of(Answer<Result>{job_.result(), warnings_});
  }

 private:
  CoreJob job_;
  scope::Issues warnings_;
};

/// The last propagation, kept for its memory, unless that is large.
inline std::unique_ptr<scope::EnsembleJob>& spare_propagation() {
  static std::unique_ptr<scope::EnsembleJob> spare;
  return spare;
}

/// A propagation in the memory of the one before: of many requests in a row, only the first
/// allocates.
class Propagation final : public Job {
 public:
  explicit Propagation(const scope::NetworkSpec& spec) : job_(std::move(spare_propagation())) {
    if (job_ == nullptr) job_ = std::make_unique<scope::EnsembleJob>();
    job_->restart(spec);
  }
  ~Propagation() override {
    constexpr std::size_t k_most_kept = 32u << 20;
    if (job_->memory() <= k_most_kept) spare_propagation() = std::move(job_);
  }
  bool advance() override {
    if (theory_) return theory_->advance();
    if (!job_->advance()) theory_.emplace(job_->spec());
    return true;
  }
  /// Theory's share is small, but a job that is not done never says that it is.
  double progress() const override {
    constexpr double k_networks = 0.95;
    return k_networks * job_->progress() + (1 - k_networks) * (theory_ ? theory_->progress() : 0);
  }
  val result() const override {
    PropagationAnswer answer{*job_, theory_->result()};
    scope::Plan plan;
    if (!job_->spec().net.empty()) {
      plan = plan_of(job_->spec());
      answer.plan = &plan;
    }
    return object_of(answer);
  }

 private:
  std::unique_ptr<scope::EnsembleJob> job_;
  std::optional<TheorySteps> theory_;
};

/// A network as it will be run, which is there at once.
class Planning final : public Job {
 public:
  explicit Planning(const scope::NetworkSpec& spec) : spec_(spec), outline_(outline_of(spec_)) {}
  bool advance() override { return false; }
  double progress() const override { return 1; }
  val result() const override { return object_of(PlanAnswer{spec_, outline_}); }

 private:
  scope::NetworkSpec spec_;
  scope::Outline outline_;
};

/// A scheme's place in the phase plane, theory at the reader's point, and the map.
class PhasePlane final : public Job {
 public:
  explicit PhasePlane(const scope::PhaseSpec& spec) : spec_(spec), theory_(spec), map_(spec) {}
  bool advance() override {
    if (!place_state_) {
      place_ = scope::place_of(spec_);
      place_state_ = scope::phase_state(spec_.activation, place_.point);
      return !spec_.place_only;
    }
    return !spec_.place_only && (theory_.advance() || map_.advance());
  }
  double progress() const override { return 0.5 * (theory_.progress() + map_.progress()); }
  val result() const override {
    PhaseAnswer answer{place_, *place_state_, std::nullopt, nullptr};
    if (!spec_.place_only) {
      answer.theory.emplace(theory_.result());
      answer.map = &map_.result();
    }
    return object_of(answer);
  }

 private:
  scope::PhaseSpec spec_;
  scope::SchemePlace place_;
  std::optional<scope::PhaseState> place_state_;
  TheorySteps theory_;
  MapSteps map_;
};

/// Theory alone, of a network that a propagation would simulate.
class Theory final : public Job {
 public:
  explicit Theory(const scope::NetworkSpec& spec) : theory_(spec) {}
  bool advance() override { return theory_.advance(); }
  double progress() const override { return theory_.progress(); }
  val result() const override { return object_of(theory_.result()); }

 private:
  TheorySteps theory_;
};

/// Hands its frames over as they come.
class Training final : public Job {
 public:
  explicit Training(const scope::TrainingSpec& spec)
      : job_(spec), planned_(scope::frame_count(spec.steps)) {
    if (!spec.network.net.empty()) plan_ = plan_of(spec.network, scope::Ending::linear);
  }
  bool advance() override { return job_.advance(); }
  double progress() const override { return job_.progress(); }
  val frames() override {
    val list = val::array();
    const auto& all = job_.result().frames;
    for (; shown_ < all.size(); ++shown_) {
      const auto* first = shown_ == 0 ? &job_.result() : nullptr;
      list.call<void>(
          "push", object_of(FrameAnswer{all[shown_], planned_, first, plan_ ? &*plan_ : nullptr}));
    }
    return list;
  }
  val result() const override { return object_of(TrainingAnswer{job_.result()}); }

 private:
  scope::TrainingJob job_;
  std::optional<scope::Plan> plan_;  // of a net; its rows alone are read
  std::size_t planned_, shown_ = 0;
};

}  // namespace initscope::binding
