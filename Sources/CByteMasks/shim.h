#ifndef CADRE_BYTE_MASKS_H
#define CADRE_BYTE_MASKS_H

// A bit for each of 64 bytes, the first byte's lowest, that is one of four: Swift's vectors have no instruction that gathers the bits of a comparison.

#include <stdint.h>

// Any machine: the highest bit of every byte of a word that is not zero, gathered by a multiplication.
static inline uint64_t cadre_marks_of_64_in_words(const uint8_t *bytes, uint8_t one, uint8_t two, uint8_t three, uint8_t four) {
    const uint64_t each = 0x0101010101010101u, low = 0x7F7F7F7F7F7F7F7Fu;
    uint64_t marks = 0;
    for (int part = 0; part < 8; part++) {
        uint64_t word = 0;
        for (int byte = 7; byte >= 0; byte--) word = word << 8 | bytes[8 * part + byte];
        uint64_t first = word ^ each * one, second = word ^ each * two, third = word ^ each * three, fourth = word ^ each * four;
        uint64_t others = (((first & low) + low) | first) & (((second & low) + low) | second) & (((third & low) + low) | third)
            & (((fourth & low) + low) | fourth);
        marks |= (((~others >> 7) & each) * 0x0102040810204080u >> 56) << (8 * part);
    }
    return marks;
}

#if defined(__SSE2__)
#include <emmintrin.h>

static inline uint64_t cadre_marks_of_16(const uint8_t *bytes, __m128i one, __m128i two, __m128i three, __m128i four) {
    __m128i text = _mm_loadu_si128((const __m128i *)bytes);
    __m128i first = _mm_or_si128(_mm_cmpeq_epi8(text, one), _mm_cmpeq_epi8(text, two));
    __m128i second = _mm_or_si128(_mm_cmpeq_epi8(text, three), _mm_cmpeq_epi8(text, four));
    return (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_or_si128(first, second));
}

static inline uint64_t cadre_marks_of_64(const uint8_t *bytes, uint8_t one, uint8_t two, uint8_t three, uint8_t four) {
    __m128i a = _mm_set1_epi8((char)one), b = _mm_set1_epi8((char)two), c = _mm_set1_epi8((char)three), d = _mm_set1_epi8((char)four);
    return cadre_marks_of_16(bytes, a, b, c, d) | cadre_marks_of_16(bytes + 16, a, b, c, d) << 16 | cadre_marks_of_16(bytes + 32, a, b, c, d) << 32
        | cadre_marks_of_16(bytes + 48, a, b, c, d) << 48;
}
#else
static inline uint64_t cadre_marks_of_64(const uint8_t *bytes, uint8_t one, uint8_t two, uint8_t three, uint8_t four) {
    return cadre_marks_of_64_in_words(bytes, one, two, three, four);
}
#endif

#endif
