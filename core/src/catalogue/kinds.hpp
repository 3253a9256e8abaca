// Kinds of requests, and of jobs that answer them: what forms, addresses and types are made of.
#pragma once

#include <span>
#include <vector>

#include "initscope/spec.hpp"

namespace initscope {

/// What is asked for, with the fields that say how.
struct RequestKind {
  const char* id;
  std::span<const Field> (*fields)();
};

/// A job, which answers a request under each of several schemes. wasm/bindings.cpp starts it by its
/// id.
struct JobKind {
  const char* id;
  const char* request;        ///< the kind of request that it answers
  const char* call;           ///< what the package's function for it is named
  const char* doc;            ///< what it answers, in a sentence
  const char* data;           ///< what numbers of the caller may go with it; empty for none
  bool race;                  ///< whether schemes go on side by side and show frames on the way
  std::vector<Spec> schemes;  ///< those that are compared unless others are given
  Spec later = {};            ///< what schemes after the first are asked instead, if anything
};

/// A figure compares at most so many schemes: it has as many colours.
inline constexpr std::size_t k_most_schemes = 8;

std::span<const RequestKind> request_kinds();
std::span<const JobKind> job_kinds();

/// What a field says.
struct FieldDoc {
  const char* field;
  const char* doc;           ///< a sentence
  const char* request = "";  ///< the kind that it is about, and those like it; empty for all others
};

std::span<const FieldDoc> field_docs();

/// What a field of a request says, in a sentence; empty for one that has none.
const char* doc_of(std::string_view request, std::string_view field) noexcept;

}  // namespace initscope
