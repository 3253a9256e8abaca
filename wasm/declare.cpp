// Prints the declarations of all answers as TypeScript, by the lists that make the answers: the
// build runs this once, and the engine has its types from its output.
#include <cstdio>
#include <set>
#include <string>

#include "audit.hpp"
#include "initscope/schemes.hpp"
#include "networks.hpp"
#include "outline.hpp"
#include "phase.hpp"
#include "tensors.hpp"
#include "training.hpp"

namespace initscope::binding {
namespace {

template <class T>
struct Type {};

/// What is declared so far, each type once and before those that have it as a member.
class Declarations {
 public:
  template <class T>
  void add() {
    type(Type<T>{}, "");
  }
  const std::string& text() const noexcept { return text_; }

 private:
  static std::string comment(const std::string& indent, const std::string& about) {
    return about.empty() ? "" : indent + "/** " + about + " */\n";
  }

  template <class T>
  std::string members(const std::string& indent) {
    std::string text;
    Described<T>::list([&](const char* name, auto get, const char* about = "") {
      using Got = Type<Given<T, decltype(get)>>;
      text += comment(indent, about) + indent + "readonly " + name + mark(Got{}) + ": " +
              type(Got{}, indent) + ";\n";
    });
    return text;
  }

  template <class T>
  static const char* mark(Type<T>) {
    return "";
  }
  template <class T>
  static const char* mark(Type<Omissible<T>>) {
    return "?";
  }

  template <Listed T>
  std::string type(Type<T>, const std::string& indent) {
    const std::string name = Described<T>::k_name;
    if (name.empty()) return "{\n" + members<T>(indent + "  ") + indent + "}";
    if (declared_.insert(name).second) {
      const std::string inside = members<T>("  ");
      text_ += "\n" + comment("", Described<T>::k_about);
      text_ += "export interface " + name + " {\n" + inside + "}\n";
    }
    return name;
  }
  template <class T>
  requires std::is_arithmetic_v<T> std::string type(Type<T>, const std::string&) {
    return std::is_same_v<T, bool> ? "boolean" : "number";
  }
  template <const auto& kNames>
  std::string type(Type<OneOf<kNames>>, const std::string&) {
    std::string text;
    for (const char* name : kNames)
      text += (text.empty() ? "\"" : " | \"") + std::string(name) + '"';
    return text;
  }
  template <auto kLast>
  std::string type(Type<Named<kLast>>, const std::string&) {
    std::string text;
    for (int i = 0; i <= static_cast<int>(kLast); ++i)
      text +=
          (i == 0 ? "\"" : " | \"") + Named<kLast>{static_cast<decltype(kLast)>(i)}.name() + '"';
    return text;
  }
  std::string type(Type<std::string>, const std::string&) { return "string"; }
  std::string type(Type<Tensor>, const std::string&) { return "Float32Array<ArrayBuffer>"; }
  std::string type(Type<Arguments>, const std::string&) { return "SchemeRequest"; }
  std::string type(Type<Options>, const std::string&) {
    return "Readonly<Record<string, number | string>>";
  }
  std::string type(Type<scope::Facts>, const std::string&) {
    return "Readonly<Record<string, number>>";
  }
  std::string type(Type<ReasonId>, const std::string&) { return "ReasonId"; }
  std::string type(Type<scope::Issues>, const std::string& indent) {
    return "readonly " + type(Type<scope::Issue>{}, indent) + "[]";
  }
  template <class T>
  std::string type(Type<Omissible<T>>, const std::string& indent) {
    return type(Type<T>{}, indent);
  }
  template <class T>
  std::string type(Type<std::optional<T>>, const std::string& indent) {
    return type(Type<T>{}, indent) + " | null";
  }
  template <class T>
  std::string type(Type<const T*>, const std::string& indent) {
    return type(Type<T>{}, indent) + " | null";
  }
  template <class T, std::size_t kExtent>
  std::string type(Type<std::span<const T, kExtent>>, const std::string& indent) {
    return type(Type<std::vector<T>>{}, indent);
  }
  template <class T>
  requires(!Listed<std::vector<T>>) std::string type(Type<std::vector<T>>, const std::string&) {
    return std::is_same_v<T, float> ? "Float32Array" : "Float64Array";
  }
  template <class At>
  std::string type(Type<Column<At>>, const std::string&) {
    return "Float64Array";
  }
  template <class At>
  std::string type(Type<List<At>>, const std::string& indent) {
    using Item = std::remove_cvref_t<std::invoke_result_t<At, std::size_t>>;
    return "readonly " + type(Type<Item>{}, indent) + "[]";
  }

  std::set<std::string> declared_;
  std::string text_;
};

}  // namespace
}  // namespace initscope::binding

int main() {
  using namespace initscope::binding;
  Declarations declarations;
  declarations.add<scope::Issue>();
  declarations.add<Answer<scope::DistributionResult>>();
  declarations.add<Answer<scope::MatrixResult>>();
  declarations.add<Parameter>();
  declarations.add<PropagationAnswer>();
  declarations.add<PlanAnswer>();
  declarations.add<PhaseAnswer>();
  declarations.add<FrameAnswer>();
  declarations.add<TrainingAnswer>();
  declarations.add<scope::ModelReport>();
  std::printf(
      "// Printed by wasm/declare.cpp from the lists that make the answers. Do not edit.\n"
      "import type { ReasonId } from \"./catalogue.js\";\n"
      "import type { SchemeRequest } from \"./request-types.js\";\n"
      "%s",
      declarations.text().c_str());
  return 0;
}
