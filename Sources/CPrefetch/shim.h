#ifndef CADRE_PREFETCH_H
#define CADRE_PREFETCH_H

// Asks for the memory at an address, which need not be any, before it is read: Swift has no instruction for it.
static inline void cadre_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
