#pragma GCC diagnostic ignored "-Wold-style-cast"
#include <catch2/catch_test_macros.hpp>
#include "initscope/sampling.hpp"
#include <vector>
#include <cstdio>
#include <chrono>
using namespace initscope;
TEST_CASE("x") {
  std::vector<float> v(1<<20);
  Stream s(0,{});
  fill_normal(s,0,1,v); double a=0,b=0; for(float x:v){a+=x;b+=double(x)*x;}
  printf("%g %g %a\n",a/(double)v.size(),b/(double)v.size(),(double)v[12345]);
  for (int k=0;k<3;k++){
  auto t=std::chrono::steady_clock::now(); for(int i=0;i<20;i++) fill_normal(s,0,1,v);
  auto t1=std::chrono::steady_clock::now(); for(int i=0;i<20;i++) fill_uniform(s,-1,1,v);
  auto t2=std::chrono::steady_clock::now(); for(int i=0;i<20;i++) fill_truncated_normal(s,0,1,-2,2,v);
  auto t3=std::chrono::steady_clock::now();
  auto ns=[&](auto d){return std::chrono::duration<double,std::nano>(d).count()/20/(double)v.size();};
  printf("%.3f %.3f %.3f\n",ns(t1-t),ns(t2-t1),ns(t3-t2));}
}
