// The tables of kinds: what each asks is documented, and what a job compares by default can be
// asked.
#include "catalogue/kinds.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string_view>

#include "initscope/schemes.hpp"

using namespace initscope;

TEST_CASE("Every field of every request is said in a sentence") {
  std::size_t fields = 0;
  for (const RequestKind& kind : request_kinds())
    for (const Field& field : kind.fields()) {
      INFO(kind.id << '.' << field.id);
      const std::string_view doc = doc_of(kind.id, field.id);
      REQUIRE(doc.size() > 10);
      CHECK(doc.back() == '.');
      CHECK(doc.find("*/") == std::string_view::npos);
      ++fields;
    }
  CHECK(fields > 90);
  CHECK(*doc_of("training", "no_such_field") == '\0');
  CHECK(doc_of("training", "depth") != doc_of("propagation", "depth"));
}

TEST_CASE("Every sentence is some field's, and no two of a field are the same") {
  for (const FieldDoc& each : field_docs()) {
    INFO(each.request << '.' << each.field << ": " << each.doc);
    std::size_t uses = 0, twins = 0;
    for (const RequestKind& kind : request_kinds())
      for (const Field& field : kind.fields())
        if (std::string_view(field.id) == each.field &&
            std::string_view(doc_of(kind.id, field.id)) == each.doc)
          ++uses;
    for (const FieldDoc& other : field_docs())
      if (std::string_view(other.field) == each.field && std::string_view(other.doc) == each.doc)
        ++twins;
    CHECK(uses > 0);
    CHECK(twins == 1);
  }
  CHECK(doc_of("symmetry", "width") == doc_of("training", "width"));
  CHECK(doc_of("symmetry", "layer") != doc_of("initialize", "layer"));
}

TEST_CASE("A job answers a request that there is, and compares schemes that may stand there") {
  for (const JobKind& job : job_kinds()) {
    INFO(job.id);
    const auto kinds = request_kinds();
    const auto request = std::find_if(kinds.begin(), kinds.end(), [&](const RequestKind& kind) {
      return std::string_view(kind.id) == job.request;
    });
    REQUIRE(request != kinds.end());
    const auto fields = request->fields();
    CHECK(job.schemes.size() >= 1);
    CHECK(job.schemes.size() <= k_most_schemes);
    SpecReader later(job.later);
    for (const auto& [name, value] : job.later) {
      const Field& field = field_of(fields, name);
      CHECK(field.fallback != Value(later.text(field)));
    }
    CHECK(later.finish().empty());
    for (const Spec& given : job.schemes) {
      Spec spec;
      for (const auto& [name, value] : given)
        spec.set(name == "scheme" ? name : "scheme." + name, value);
      SpecReader reader(spec);
      CHECK(read_scheme(reader, field_of(fields, "scheme")).scheme->id == given.text("scheme"));
      CHECK(reader.finish().empty());
    }
  }
}
