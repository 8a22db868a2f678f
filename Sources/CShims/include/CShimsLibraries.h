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

#endif
