#include "initscope/expression.hpp"

#include <array>
#include <mutex>

#include "functions/program.hpp"

namespace initscope {
namespace {

/// The last texts that were read, since a page asks about one again and again, and knows by the
/// program that it is the same.
class Recent {
 public:
  std::shared_ptr<const Program> find(std::string_view text) {
    const std::scoped_lock lock(mutex_);
    for (const Entry& entry : entries_)
      if (entry.program != nullptr && entry.text == text) return entry.program;
    return nullptr;
  }
  void add(std::string_view text, std::shared_ptr<const Program> program) {
    const std::scoped_lock lock(mutex_);
    entries_[next_] = {std::string(text), std::move(program)};
    next_ = (next_ + 1) % entries_.size();
  }

 private:
  struct Entry {
    std::string text;
    std::shared_ptr<const Program> program;
  };
  std::mutex mutex_;
  std::array<Entry, 8> entries_;
  std::size_t next_ = 0;
};

Recent& recent() {
  static Recent texts;
  return texts;
}

}  // namespace

Expression Expression::read(std::string_view text, ExpressionFault& fault) {
  fault = {};
  Expression expression;
  expression.program_ = recent().find(text);
  if (expression) return expression;
  const auto program = std::make_shared<Program>();
  if (!parse(text, *program, fault) || !find_pieces(*program, fault)) return expression;
  expression.program_ = program;
  recent().add(text, program);
  return expression;
}

}  // namespace initscope
