// Stack bounds, register spilling and aligned pages for the collector.
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "CShims.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/auxv.h>
#include <sys/syscall.h>
#endif

void taipan_stack_bounds(uintptr_t *low, uintptr_t *high) {
    *low = 0;
    *high = 0;
#if defined(__APPLE__)
    uintptr_t top = (uintptr_t)pthread_get_stackaddr_np(pthread_self());
    *high = top;
    *low = top - pthread_get_stacksize_np(pthread_self());
#elif defined(__linux__)
    // The first thread: asking the C library would read and parse /proc/self/maps. The name of the executable is the
    // last string above the stack.
    struct rlimit limit;
    uintptr_t name = getauxval(AT_EXECFN);
    if (name && syscall(SYS_gettid) == getpid() && getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
        uintptr_t page = 4096;
        *high = (name + strlen((const char *)name) + page) & ~(page - 1);
        if (limit.rlim_cur < *high) {
            *low = *high - limit.rlim_cur;
            return;
        }
    }
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
    void *base = 0;
    size_t size = 0;
    if (pthread_attr_getstack(&attributes, &base, &size) == 0) {
        *low = (uintptr_t)base;
        *high = (uintptr_t)base + size;
    }
    pthread_attr_destroy(&attributes);
#endif
}

__attribute__((noinline)) void taipan_spill_registers(void *context, void (*body)(void *, uintptr_t)) {
    uintptr_t registers[16] = {0};
#if defined(__x86_64__)
    __asm__ volatile(
        "movq %%rbx, 0(%0)\n\tmovq %%rbp, 8(%0)\n\tmovq %%r12, 16(%0)\n\t"
        "movq %%r13, 24(%0)\n\tmovq %%r14, 32(%0)\n\tmovq %%r15, 40(%0)"
        : : "r"(registers) : "memory");
#elif defined(__aarch64__)
    __asm__ volatile(
        "stp x19, x20, [%0]\n\tstp x21, x22, [%0, #16]\n\tstp x23, x24, [%0, #32]\n\t"
        "stp x25, x26, [%0, #48]\n\tstp x27, x28, [%0, #64]\n\tstr x29, [%0, #80]"
        : : "r"(registers) : "memory");
#else
#error "taipan: no register spill for this processor"
#endif
    body(context, (uintptr_t)registers);
    __asm__ volatile("" : : "r"(registers) : "memory");
}

__attribute__((noinline)) void taipan_call_detached(void *context, void (*body)(void *, uintptr_t)) {
    // The prologue saves the registers above this.
    uintptr_t end = 0;
#if defined(__x86_64__)
    __asm__ volatile(
        "xorl %%ebx, %%ebx\n\txorl %%r12d, %%r12d\n\txorl %%r13d, %%r13d\n\txorl %%r14d, %%r14d\n\txorl %%r15d, %%r15d"
        : : : "rbx", "r12", "r13", "r14", "r15", "cc");
#elif defined(__aarch64__)
    __asm__ volatile(
        "mov x19, xzr\n\tmov x20, xzr\n\tmov x21, xzr\n\tmov x22, xzr\n\tmov x23, xzr\n\t"
        "mov x24, xzr\n\tmov x25, xzr\n\tmov x26, xzr\n\tmov x27, xzr\n\tmov x28, xzr"
        : : : "x19", "x20", "x21", "x22", "x23", "x24", "x25", "x26", "x27", "x28");
#endif
    body(context, (uintptr_t)&end);
    __asm__ volatile("" : : "r"(&end) : "memory");
}

__attribute__((noinline)) uintptr_t taipan_save_registers(uintptr_t *registers) {
#if defined(__x86_64__)
    __asm__ volatile(
        "movq %%rbx, 0(%0)\n\tmovq %%rbp, 8(%0)\n\tmovq %%r12, 16(%0)\n\t"
        "movq %%r13, 24(%0)\n\tmovq %%r14, 32(%0)\n\tmovq %%r15, 40(%0)"
        : : "r"(registers) : "memory");
#elif defined(__aarch64__)
    __asm__ volatile(
        "stp x19, x20, [%0]\n\tstp x21, x22, [%0, #16]\n\tstp x23, x24, [%0, #32]\n\t"
        "stp x25, x26, [%0, #48]\n\tstp x27, x28, [%0, #64]\n\tstr x29, [%0, #80]"
        : : "r"(registers) : "memory");
#endif
    return (uintptr_t)__builtin_frame_address(0);
}

__attribute__((noinline)) void taipan_frame_bounds(uintptr_t *bounds) {
    uintptr_t *frame = (uintptr_t *)__builtin_frame_address(0);
    uintptr_t low = (uintptr_t)frame + 16;
#if defined(__x86_64__)
    // The caller's prologue keeps five registers of its own caller right below its frame pointer.
    uintptr_t high = frame[0] - 40;
#else
    uintptr_t high = frame[0] - 160;
#endif
    bounds[0] = low;
    bounds[1] = high > low && high - low < (1 << 20) ? high : low;
}

void *taipan_allocate(size_t size) { return malloc(size); }

void taipan_free(void *memory) { free(memory); }

void taipan_out_of_memory(void) {
    static const char text[] = "Fatal Python error: taipan: out of memory\n";
    ssize_t written = write(2, text, sizeof text - 1);
    (void)written;
    _exit(1);
}

int taipan_has_room(size_t size) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return 1;
    void *start = mmap(0, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
    if (start == MAP_FAILED) return 0;
    munmap(start, size);
    return 1;
}

void *taipan_map_aligned(size_t size, size_t alignment) {
    size_t total = size + alignment;
    if (total < size) return 0;
    void *start = mmap(0, total, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0);
    if (start == MAP_FAILED) return 0;
    uintptr_t raw = (uintptr_t)start;
    uintptr_t aligned = (raw + alignment - 1) & ~(uintptr_t)(alignment - 1);
    if (aligned > raw) munmap(start, aligned - raw);
    uintptr_t end = aligned + size;
    if (raw + total > end) munmap((void *)end, raw + total - end);
    return (void *)aligned;
}

void taipan_unmap(void *address, size_t size) { munmap(address, size); }

void taipan_prefer_large_pages(void *address, size_t size) {
#if defined(MADV_HUGEPAGE)
    // Kernels without them refuse it.
    int error = errno;
    madvise(address, size, MADV_HUGEPAGE);
    errno = error;
#else
    (void)address, (void)size;
#endif
}

int taipan_errno(int row) {
    static const int numbers[] = {
        0, EPERM, ENOENT, ESRCH, EINTR, EAGAIN, EALREADY, EWOULDBLOCK, EINPROGRESS, ECHILD, EACCES, EEXIST, ENOTDIR, EISDIR,
        EPIPE, ESHUTDOWN, ECONNABORTED, ECONNREFUSED, ECONNRESET, ETIMEDOUT,
    };
    return row > 0 && row < 20 ? numbers[row] : 0;
}
