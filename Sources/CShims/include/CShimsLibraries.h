// The structures of libraries that are opened at run time (PyPlatform/DynamicLibrary.swift): their headers may be missing.
#ifndef TAIPAN_CSHIMS_LIBRARIES_H
#define TAIPAN_CSHIMS_LIBRARIES_H

#include <stddef.h>
#include <stdint.h>

/// zlib's z_stream.
typedef struct {
    const uint8_t *_Nullable next_in;
    unsigned avail_in;
    unsigned long total_in;
    uint8_t *_Nullable next_out;
    unsigned avail_out;
    unsigned long total_out;
    const char *_Nullable msg;
    void *_Nullable state;
    void *_Nullable zalloc;
    void *_Nullable zfree;
    void *_Nullable opaque;
    int data_type;
    unsigned long adler;
    unsigned long reserved;
} taipan_z_stream;

/// bzlib's bz_stream.
typedef struct {
    const char *_Nullable next_in;
    unsigned avail_in;
    unsigned total_in_lo32, total_in_hi32;
    char *_Nullable next_out;
    unsigned avail_out;
    unsigned total_out_lo32, total_out_hi32;
    void *_Nullable state;
    void *_Nullable bzalloc;
    void *_Nullable bzfree;
    void *_Nullable opaque;
} taipan_bz_stream;

/// liblzma's lzma_stream.
typedef struct {
    const uint8_t *_Nullable next_in;
    size_t avail_in;
    uint64_t total_in;
    uint8_t *_Nullable next_out;
    size_t avail_out;
    uint64_t total_out;
    const void *_Nullable allocator;
    void *_Nullable internal;
    void *_Nullable reserved_ptr[4];
    uint64_t seek_pos, reserved_int2;
    size_t reserved_int3, reserved_int4;
    int reserved_enum[2];
} taipan_lzma_stream;

/// liblzma's lzma_filter: a chain ends with the id UINT64_MAX.
typedef struct {
    uint64_t id;
    void *_Nullable options;
} taipan_lzma_filter;

/// liblzma's lzma_options_lzma.
typedef struct {
    uint32_t dict_size;
    const uint8_t *_Nullable preset_dict;
    uint32_t preset_dict_size, lc, lp, pb;
    int mode;
    uint32_t nice_len;
    int mf;
    uint32_t depth, reserved_int[8];
    int reserved_enum[4];
    void *_Nullable reserved_ptr[2];
} taipan_lzma_options_lzma;

/// liblzma's lzma_options_delta.
typedef struct {
    int type;
    uint32_t dist, reserved_int[4];
    void *_Nullable reserved_ptr[2];
} taipan_lzma_options_delta;

/// Expat's XML_Expat_Version.
typedef struct {
    int major, minor, micro;
} taipan_xml_version;

/// Expat's XML_Content: a node of an element's content model.
typedef struct taipan_xml_content {
    unsigned type;
    unsigned quant;
    const char *_Nullable name;
    unsigned numchildren;
    struct taipan_xml_content *_Nullable children;
} taipan_xml_content;

/// Expat's XML_Feature: the list ends with feature 0.
typedef struct {
    unsigned feature;
    const char *_Nullable name;
    long value;
} taipan_xml_feature;

/// Expat's XML_Encoding.
typedef struct {
    int map[256];
    void *_Nullable data;
    void *_Nullable convert;
    void *_Nullable release;
} taipan_xml_encoding;

#endif
