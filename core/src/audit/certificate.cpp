#include "initscope/certificate.hpp"
