// Networks as their readers write them: the grammar, and what is refused and where.
#include "initscope/net.hpp"

#include <catch2/catch_test_macros.hpp>
#include <random>

#include "initscope/mean_field.hpp"
#include "initscope/plan.hpp"
#include "initscope/propagation.hpp"
#include "net_texts.hpp"
#include "networks.hpp"

using namespace initscope;
using test::issues_of;
using test::k_nets;
using test::with_net;

namespace {

std::string canonical(const std::string& text) {
  Net net;
  NetFault fault;
  return read_net(text, net, fault) ? to_text(net)
                                    : std::to_string(fault.column) + ": " + fault.allowed;
}

}  // namespace

TEST_CASE("A net has a canonical text, which reads back as the same net") {
  CHECK(canonical("depth * ( dense , phi )") == k_plain_net);
  CHECK(canonical("dense;out:4x,phi;activation:gelu") == "dense;out:4x,phi;activation:gelu");
  CHECK(canonical("dense;weight:normal[std:0.02],ln;eps:1e-5") ==
        "dense;weight:normal[std:0.02],ln");
  CHECK(canonical("res;scale:1/sqrt(2depth)(dense|dense)") ==
        "res;scale:1/sqrt(2depth)(dense|dense)");
  CHECK(canonical("3*(res;scale:1(phi,2*(dense)))") == "3*(res(phi,2*(dense)))");
  CHECK(canonical("dense;weight:library;bias:library") == "dense;weight:library;bias:library");
  for (const char* net : k_nets) {
    INFO(net);
    CHECK(canonical(net) == net);
  }
}

TEST_CASE("Where a text goes wrong has its column and what might stand there") {
  const std::string ids = "dense, phi, res, ln, rms, gn, bn, scale, dropout, 3*(...), depth*(...)";
  CHECK(canonical("") == "1: " + ids);
  CHECK(canonical("dense,\n  conv") == "10: " + ids);
  CHECK(canonical("dense,,phi") == "7: " + ids);
  CHECK(canonical("dense phi") == "1: " + ids);  // one word, for white space means nothing
  CHECK(canonical("dense;depth:3") == "7: out, weight, bias");
  CHECK(canonical("dense;out:3;out:4") == "13: out, weight, bias");
  CHECK(canonical("dense;out") == "10: :");
  CHECK(canonical("res") == "4: (");
  CHECK(canonical("res(dense") == "10: ), |");
  CHECK(canonical("0*(dense)") == "1: 1..2000");
  CHECK(canonical("99999999*(dense)") == "1: 1..2000");
  CHECK(canonical("3(dense)") == "2: *(");
  CHECK(canonical("dense)") == "6: ,");
  CHECK(canonical("ln;eps:2") == "3: eps:0..1");
  CHECK(canonical("dense;weight:normal[std:x]").substr(0, 15) == "6: weight.std:0");
  CHECK(canonical("dense;weight:lsuv").substr(0, 10) == "6: weight:");
  CHECK(canonical("dense;weight:normal[std:1") == "26: ]");
  CHECK(canonical("phi;activation:gelu[a:1]") == "21: ; ,");
  CHECK(canonical("phi;activation:typed").substr(0, 24) == "4: activation:request, l");
  CHECK(canonical(std::string(40, '(')) == "1: " + ids);
  std::string deep;
  for (int i = 0; i < 20; ++i) deep += "2*(";
  CHECK(canonical(deep).substr(0, 4) == "28: ");
}

TEST_CASE("A block that cannot be is refused with what arrives there and what it needs") {
  const auto issue = [](const std::string& net, double batch = 37) {
    const Issues issues = issues_of(with_net(net, 3, 24, batch));
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].field == "net");
    return issues[0];
  };
  CHECK(issue("dense,gn;groups:5").value == "7: gn;groups:5 [24]");
  CHECK(issue("dense;out:0").value == "1: dense;out:0 [24]");
  CHECK(issue("dense;out:0").allowed == "out:1..4096, out:width, out:2x");
  CHECK(issue("dense;out:0.1x").reason == Reason::not_in_text);
  CHECK(issue("8*(dense;out:2x)").value == "4: dense;out:2x [3072]");
  CHECK(issue("res(dense;out:7)").value == "1: res(dense;out:7) [7]");
  CHECK(issue("res(dense;out:7)").allowed == "out:24, not 7; (...|dense;out:7)");
  CHECK(issue("dense,res(dropout)").value == "7: res(dropout) [24]");
  CHECK(issue("res(dense|dropout)").reason == Reason::not_in_text);
  CHECK(issue("res;scale:x(dense)").reason == Reason::not_in_text);
  CHECK(issue("dropout").allowed == "dense, phi");
  CHECK(issue("dense,bn", 1).allowed == "batch 2..");
  CHECK(issue("conv").value == "1: conv");
  const Issue unread = issue("dense,conv");
  CHECK(describe(unread) == "net is wrong at character 7: conv; allowed there: " + unread.allowed);
  // Neither can the widths be those of two nets, nor a scheme's tensor be another.
  Spec both = with_net("dense");
  both.set("widths", std::vector<double>{3, 4});
  CHECK(issues_of(both).at(0).field == "widths");
  CHECK(issue("dense;out:7;weight:looks_linear,phi").reason == Reason::not_divisible);
}

TEST_CASE("What is too large is refused before it runs, with the need and the limit") {
  const auto reason = [](const std::string& net, double width, double batch) {
    const Issues issues = issues_of(with_net(net, 200, width, batch));
    return issues.empty() ? std::string() : issues[0].field + ' ' + issues[0].allowed;
  };
  CHECK(reason("2000*(phi)", 1, 1).empty());
  CHECK(reason("2001*(phi)", 1, 1) == "net 1..2000");
  CHECK(reason("2*(1001*(phi))", 1, 1) == "net 2000 blocks");
  CHECK(reason("2000*(2000*(2000*(2000*(2000*(phi)))))", 1, 1) == "net 2000 blocks");
  CHECK(reason("200*(dense,phi)", 1024, 128).empty());
  CHECK(reason("200*(dense,phi)", 1024, 1024) == "net 33554432 kept numbers");
  CHECK(reason("300*(dense)", 1024, 1024) == "net 274877906944 multiplications");
  CHECK(reason("20*(dense;out:4096)", 1, 1) == "net 268435456 weights");
  CHECK(reason("dense;out:4096,4*(phi),dense;out:width", 1024, 1024).empty());
  const Issues memory =
      issues_of(with_net("dense;out:4096,7*(phi),dense;out:width", 3, 1024, 1024));
  REQUIRE_FALSE(memory.empty());
  CHECK(memory[0].reason == Reason::too_many);
  CHECK(memory[0].allowed.find("MB of memory") != std::string::npos);
}

TEST_CASE("Numbers of a net are decimals, of which each has one spelling") {
  CHECK(canonical("dense;out:016,res;scale:0.50(dense;out:1e1),dense;out:4.0x") ==
        "dense;out:16,res;scale:0.5(dense;out:10),dense;out:4x");
  for (const char* net : {"dense;out:0x10", "dense;out:0x1p4", "dense;out:1e1xx", "dense;out:x",
                          "res;scale:0x1p-3(dense)", "res;scale:inf(dense)"})
    CHECK(issues_of(with_net(net)).at(0).field == "net");
  CHECK(issues_of(with_net("dense;weight:normal[std:0.02;std:0.03]")).at(0).field == "net");
}

TEST_CASE("Ten thousand hostile texts are an issue or an answer") {
  std::mt19937 engine(17);
  std::size_t answers = 0;
  for (int i = 0; i < 10000; ++i) {
    const std::string text = i % 2 == 0 ? test::net_by_grammar(engine) : test::net_of_noise(engine);
    INFO(text);
    Spec request = with_net(text, 2, 6, 5);
    NetworkSpec spec;
    const Issues issues = read(request, spec);
    for (const Issue& issue : issues) REQUIRE_FALSE(describe(issue).empty());
    if (!issues.empty()) continue;
    Net again;
    NetFault fault;
    REQUIRE(read_net(to_text(spec.net), again, fault) == !spec.net.empty());
    REQUIRE(to_text(again) == to_text(spec.net));
    const PlanSize size = size_of(plan_of(spec));
    if (size.multiplications > 1e5 || plan_of(spec).ops.size() > 300) continue;
    PropagationJob job(spec);
    while (job.advance()) {
    }
    REQUIRE(job.result().size() == plan_of(spec).rows.size());
    mean_field(spec);
    ++answers;
  }
  CHECK(answers > 1000);  // the grammar's texts are no empty claim
}
