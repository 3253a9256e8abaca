// The grammar of nets: a descent of one pass over the text without its white space, which knows of
// each character its column.
#include <algorithm>
#include <cctype>
#include <cmath>

#include "initscope/net.hpp"
#include "network/amount.hpp"

namespace initscope {
namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A number where the whole of it is one, for the check of a field to read.
Value value_of(const std::string& text) {
  const auto number = decimal_number(text);
  return number ? Value(*number) : Value(text);
}

/// Of a text that is a number, or as many times what arrives, the shortest spelling.
std::string canonical(const std::string& text) {
  const auto amount = amount_of(text);
  return amount ? to_text(amount->number) + (amount->times ? "x" : "") : text;
}

class Parser {
 public:
  Parser(std::string_view text, NetFault& fault) : fault_(fault) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (std::isspace(static_cast<unsigned char>(text[i])) != 0) continue;
      text_ += text[i];
      columns_.push_back(i + 1);
    }
    columns_.push_back(text.size() + 1);
  }

  bool all(Net& out) {
    if (!net(out, 0)) return false;
    return at_ == text_.size() || fail(",");
  }

 private:
  char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (here() != c) return false;
    ++at_;
    return true;
  }
  bool begins(std::string_view with) const {
    return std::string_view(text_).substr(at_, with.size()) == with;
  }

  bool fail_at(std::size_t place, std::string allowed) {
    constexpr std::size_t k_shown = 24;
    fault_ = {columns_[place], text_.substr(place, k_shown), std::move(allowed)};
    return false;
  }
  bool fail(std::string allowed) { return fail_at(at_, std::move(allowed)); }

  std::string word() {
    const std::size_t begin = at_;
    while (is_word(here())) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  static std::string block_ids() {
    std::string all;
    for (const BlockInfo& block : blocks())
      all += (all.empty() ? "" : ", ") + std::string(block.id);
    return all + ", 3*(...), depth*(...)";
  }

  bool net(Net& out, int nesting) {
    if (nesting > k_most_net_nesting) return fail(std::to_string(k_most_net_nesting) + " ( ( (");
    do {
      out.emplace_back();
      out.back().column = columns_[at_];
      if (!item(out.back(), nesting)) return false;
    } while (take(','));
    return true;
  }

  bool item(NetItem& out, int nesting) {
    if (is_digit(here()) || begins("depth*")) return repetition(out, nesting);
    const std::size_t begin = at_;
    const std::string id = word();
    out.block = find_block(id);
    if (out.block == nullptr) return fail_at(begin, block_ids());
    if (!options(out)) return false;
    if (id != "res") return true;
    if (!take('(')) return fail("(");
    if (!net(out.inside, nesting + 1)) return false;
    if (take('|') && !net(out.shortcut, nesting + 1)) return false;
    return take(')') || fail("), |");
  }

  bool repetition(NetItem& out, int nesting) {
    const std::size_t begin = at_;
    if (!begins("depth*")) {
      constexpr std::size_t k_digits = 6;
      while (is_digit(here()) && at_ - begin < k_digits)
        out.count = 10 * out.count + static_cast<std::size_t>(text_[at_++] - '0');
      if (out.count == 0 || static_cast<double>(out.count) > k_most_blocks)
        return fail_at(begin, "1.." + to_text(k_most_blocks));
    } else {
      at_ += 5;
    }
    if (!take('*') || !take('(')) return fail("*(");
    if (!net(out.inside, nesting + 1)) return false;
    return take(')') || fail(")");
  }

  /// A value ends where the next option, block or bracket begins; "sqrt(" has a bracket of its own.
  std::string value() {
    std::string text;
    while (at_ < text_.size() &&
           std::string_view(";,|)[]:").find(here()) == std::string_view::npos) {
      if (here() == '(') {
        if (text.size() < 4 || text.compare(text.size() - 4, 4, "sqrt") != 0) break;
        while (at_ < text_.size() && here() != ')') text += text_[at_++];
        if (here() == ')') text += text_[at_++];
        continue;
      }
      text += text_[at_++];
    }
    return text;
  }

  /// name:value; with brackets behind it, a scheme's parameters.
  bool options(NetItem& out) {
    Spec given;
    const std::size_t begin = at_;
    while (take(';')) {
      const std::size_t place = at_;
      const std::string name = word();
      const auto& fields = out.block->fields;
      const auto field =
          std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return name == f.id; });
      if (field == fields.end() || given.find(name) != nullptr)
        return fail_at(place, field_ids(*out.block));
      if (!take(':')) return fail(":");
      const std::string text = value();
      const bool verbatim = field->kind == Kind::text || field->kind == Kind::scheme;
      given.set(name, verbatim ? Value(text) : value_of(text));
      if (take('[') && (field->kind != Kind::scheme || !parameters(name, given)))
        return fault_.column != 0 ? false : fail("; ,");
    }
    return read(given, begin, out);
  }

  bool parameters(const std::string& scheme, Spec& given) {
    do {
      const std::string name = word();
      if (name.empty() || given.find(scheme + '.' + name) != nullptr || !take(':'))
        return fail("std:0.02");
      given.set(scheme + '.' + name, value_of(value()));
    } while (take(';'));
    return take(']') || fail("]");
  }

  static std::string field_ids(const BlockInfo& block) {
    std::string all;
    for (const Field& field : block.fields)
      all += (all.empty() ? "" : ", ") + std::string(field.id);
    return all.empty() ? ", )" : all;
  }

  bool read(const Spec& given, std::size_t begin, NetItem& out) {
    SpecReader reader(given);
    for (const Field& field : out.block->fields) {
      if (field.kind == Kind::scheme) {
        if (!reader.has(field.id)) continue;
        (std::string_view(field.id) == "bias" ? out.bias : out.weight) = read_scheme(reader, field);
      } else if (field.kind == Kind::number || field.kind == Kind::integer) {
        out.options.set(field.id, reader.number(field));
      } else {
        out.options.set(field.id, canonical(reader.text(field)));
      }
    }
    const Issues issues = reader.finish();
    return issues.empty() || fail_at(begin, issues.front().field + ':' + issues.front().allowed);
  }

  std::string text_;
  std::vector<std::size_t> columns_;
  std::size_t at_ = 0;
  NetFault& fault_;
};

std::string scheme_text(const char* name, const SchemeSpec& spec) {
  if (spec.scheme == nullptr) return "";
  std::string inside;
  for (const Field& field : spec.scheme->fields) {
    const Value* value = spec.parameters.find(field.id);
    if (value == nullptr || *value == field.fallback) continue;
    const auto* number = std::get_if<double>(value);
    const auto* text = std::get_if<std::string>(value);
    if (number == nullptr && text == nullptr) continue;
    inside += (inside.empty() ? "" : ";") + std::string(field.id) + ':' +
              (number != nullptr ? to_text(*number) : *text);
  }
  return std::string(";") + name + ':' + spec.scheme->id +
         (inside.empty() ? "" : '[' + inside + ']');
}

}  // namespace

bool read_net(std::string_view text, Net& out, NetFault& fault) {
  out.clear();
  fault = {};
  return Parser(text, fault).all(out);
}

std::string to_text(const NetItem& item) {
  if (item.block == nullptr)
    return (item.count == 0 ? "depth" : std::to_string(item.count)) + "*(" + to_text(item.inside) +
           ')';
  std::string text = item.block->id;
  for (const Field& field : item.block->fields) {
    const Value* value = item.options.find(field.id);
    if (value == nullptr || *value == field.fallback) continue;
    const auto* number = std::get_if<double>(value);
    text += std::string(";") + field.id + ':' +
            (number != nullptr ? to_text(*number) : *std::get_if<std::string>(value));
  }
  text += scheme_text("weight", item.weight) + scheme_text("bias", item.bias);
  if (item.inside.empty()) return text;
  text += '(' + to_text(item.inside);
  if (!item.shortcut.empty()) text += '|' + to_text(item.shortcut);
  return text + ')';
}

std::string to_text(const Net& net) {
  std::string text;
  for (const NetItem& item : net) text += (text.empty() ? "" : ",") + to_text(item);
  return text;
}

}  // namespace initscope
