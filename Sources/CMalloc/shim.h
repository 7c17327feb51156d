#ifndef CADRE_CMALLOC_SHIM_H
#define CADRE_CMALLOC_SHIM_H
#include <malloc.h>
#endif
