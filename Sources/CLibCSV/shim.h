#ifndef CADRE_CLIBCSV_SHIM_H
#define CADRE_CLIBCSV_SHIM_H
#include <csv.h>
#include <iconv.h>
#endif
