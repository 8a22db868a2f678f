// `time`: the functions. CPython: Modules/timemodule.c.
import PyPlatform
import PyRuntime

private func seconds(_ nanoseconds: Int64) -> Double {
    // As CPython divides: exact for whole seconds, correctly rounded otherwise.
    nanoseconds % 1_000_000_000 == 0 ? Double(nanoseconds / 1_000_000_000) : Double(nanoseconds) / 1e9
}

extension VM {
    func defineTimeFunctions(_ m: ModuleBuilder) {
        m.def0("-time()", """
            time() -> floating point number

            Return the current time in seconds since the Epoch.
            Fractions of a second may be present if the system clock provides them.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in Value(seconds(Clock.realtime.now)) }
        }
        m.def0("-time_ns()", """
            time_ns() -> int

            Return the current time in nanoseconds since the Epoch.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in vm.int(Int(Clock.realtime.now)) }
        }
        m.def0("-monotonic()", """
            monotonic() -> float

            Monotonic clock, cannot go backward.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in Value(seconds(Clock.monotonic.now)) }
        }
        m.def0("-monotonic_ns()", """
            monotonic_ns() -> int

            Monotonic clock, cannot go backward, as nanoseconds.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in vm.int(Int(Clock.monotonic.now)) }
        }
        m.def0("-perf_counter()", """
            perf_counter() -> float

            Performance counter for benchmarking.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in Value(seconds(Clock.monotonic.now)) }
        }
        m.def0("-perf_counter_ns()", """
            perf_counter_ns() -> int

            Performance counter for benchmarking as nanoseconds.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in vm.int(Int(Clock.monotonic.now)) }
        }
        m.def0("-process_time()", """
            process_time() -> float

            Process time for profiling: sum of the kernel and user-space CPU time.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in Value(seconds(Clock.process.now)) }
        }
        m.def0("-process_time_ns()", """
            process_time() -> int

            Process time for profiling as nanoseconds:
            sum of the kernel and user-space CPU time.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in vm.int(Int(Clock.process.now)) }
        }
        m.def0("-thread_time()", """
            thread_time() -> float

            Thread time for profiling: sum of the kernel and user-space CPU time.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in Value(seconds(Clock.thread.now)) }
        }
        m.def0("-thread_time_ns()", """
            thread_time() -> int

            Thread time for profiling as nanoseconds:
            sum of the kernel and user-space CPU time.
            """) { vm, _ in
            vm.guarded { () throws(Raised) in vm.int(Int(Clock.thread.now)) }
        }
        m.def1("-clock_gettime(clk_id, /)", """
            clock_gettime(clk_id) -> float

            Return the time of the specified clock clk_id.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in Value(seconds(nanosecondCount(try vm.clockTime(a)))) }
        }
        m.def1("-clock_gettime_ns(clk_id, /)", """
            clock_gettime_ns(clk_id) -> int

            Return the time of the specified clock clk_id as nanoseconds.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in vm.int(Int(nanosecondCount(try vm.clockTime(a)))) }
        }
        m.def1("^clock_getres(clk_id, /)", """
            clock_getres(clk_id) -> floating point number

            Return the resolution (precision) of the specified clock clk_id.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let clock = try vm.clockNumber(a)
                var spec = timespec()
                try vm.quick(clock_getres(clock, &spec))
                return Value(Double(spec.tv_sec) + Double(spec.tv_nsec) * 1e-9)
            }
        }
        m.def2("-clock_settime(clk_id, time, /)", """
            clock_settime(clk_id, time)

            Set the time of the specified clock clk_id.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let clock = try vm.clockNumber(a)
                var spec = timeSpecification(try vm.nanoseconds(b, rounding: .up))
                try vm.quick(clock_settime(clock, &spec))
                return .none
            }
        }
        m.def2("-clock_settime_ns(clk_id, time, /)", """
            clock_settime_ns(clk_id, time)

            Set the time of the specified clock clk_id with nanoseconds.
            """) { vm, _, a, b in
            vm.guarded { () throws(Raised) in
                let clock = try vm.clockNumber(a)
                var spec = timeSpecification(Int64(try vm.cLong(b)))
                try vm.quick(clock_settime(clock, &spec))
                return .none
            }
        }
        m.def1("-pthread_getcpuclockid(thread_id, /)", """
            pthread_getcpuclockid(thread_id) -> int

            Return the clk_id of a thread's CPU time clock.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                if !vm.isInt(a) { throw vm.raise(.typeError, "pthread_getcpuclockid() argument 1 must be int, not \(vm.argumentTypeName(a))") }
                let thread = try vm.cUnsignedLong(a)
                var clock = clockid_t()
                let error = pthread_getcpuclockid(pthread_t(thread), &clock)
                if error != 0 { throw vm.osError(error) }
                return vm.int(Int(clock))
            }
        }
        m.def1("-sleep(seconds, /)", """
            sleep(seconds)

            Delay execution for a given number of seconds.  The argument may be
            a floating point number for subsecond precision.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let duration = try vm.nanoseconds(a, rounding: .up)
                if duration < 0 { throw vm.raise(.valueError, "sleep length must be non-negative") }
                try vm.sleepFor(duration)
                return .none
            }
        }
        m.defN("-gmtime(seconds=None, /)", """
            gmtime([seconds]) -> (tm_year, tm_mon, tm_mday, tm_hour, tm_min,
                                   tm_sec, tm_wday, tm_yday, tm_isdst)

            Convert seconds since the Epoch to a time tuple expressing UTC (a.k.a.
            GMT).  When 'seconds' is not passed in, convert the current time instead.

            If the platform supports the tm_gmtoff and tm_zone, they are available as
            attributes only.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let seconds = try vm.wholeSeconds(a[0])
                var parts = tm()
                if gmtime_r_checked(seconds, &parts) != 0 { throw vm.osError(errno) }
                return try vm.structTime(parts, zone: vm.str("UTC"), offset: 0)
            }
        }
        m.defN("-localtime(seconds=None, /)", """
            localtime([seconds]) -> (tm_year,tm_mon,tm_mday,tm_hour,tm_min,
                                      tm_sec,tm_wday,tm_yday,tm_isdst)

            Convert seconds since the Epoch to a time tuple expressing local time.
            When 'seconds' is not passed in, convert the current time instead.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in try vm.structTime(vm.localParts(vm.wholeSeconds(a[0]))) }
        }
        m.defN("-asctime(tuple=None, /)", """
            asctime([tuple]) -> string

            Convert a time tuple to a string, e.g. 'Sat Jun 06 16:26:11 1998'.
            When the time tuple is not present, current time as returned by localtime()
            is used.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                let parts = a[0].isNull ? try vm.localParts(vm.wholeSeconds(.null)) : try vm.timeParts(a[0], "asctime").parts
                return vm.str(timeText(try vm.checkedParts(parts)))
            }
        }
        m.defN("-ctime(seconds=None, /)", """
            ctime(seconds) -> string

            Convert a time in seconds since the Epoch to a string in local time.
            This is equivalent to asctime(localtime(seconds)). When the time tuple is
            not present, current time as returned by localtime() is used.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in vm.str(timeText(try vm.localParts(vm.wholeSeconds(a[0])))) }
        }
        m.def1("-mktime(tuple, /)", """
            mktime(tuple) -> floating point number

            Convert a time tuple in local time to seconds since the Epoch.
            Note that mktime(gmtime(0)) will not generally return zero for most
            time zones; instead the returned value will either be equal to that
            of the timezone or altzone attributes on the time module.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                var (parts, _, _) = try vm.timeParts(a, "mktime")
                parts.tm_wday = -1
                let seconds = mktime(&parts)
                if seconds == -1 && parts.tm_wday == -1 { throw vm.raise(.overflowError, "mktime argument out of range") }
                return Value(Double(seconds))
            }
        }
        m.defN("-strftime(format, tuple=None, /)", """
            strftime(format[, tuple]) -> string

            Convert a time tuple to a string according to a format specification.
            See the library reference manual for formatting codes. When the time tuple
            is not present, current time as returned by localtime() is used.

            Commonly used format codes:

            %Y  Year with century as a decimal number.
            %m  Month as a decimal number [01,12].
            %d  Day of the month as a decimal number [01,31].
            %H  Hour (24-hour clock) as a decimal number [00,23].
            %M  Minute as a decimal number [00,59].
            %S  Second as a decimal number [00,61].
            %z  Time zone offset from UTC.
            %a  Locale's abbreviated weekday name.
            %A  Locale's full weekday name.
            %b  Locale's abbreviated month name.
            %B  Locale's full month name.
            %c  Locale's appropriate date and time representation.
            %I  Hour (12-hour clock) as a decimal number [01,12].
            %p  Locale's equivalent of either AM or PM.

            Other codes may be available on your platform.  See documentation for
            the C library strftime function.

            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                guard vm.isStr(a[0]) else { throw vm.raise(.typeError, "strftime() argument 1 must be str, not \(vm.argumentTypeName(a[0]))") }
                return try vm.formatTime(a[0], a[1])
            }
        }
        m.defP("-strptime(*args, **kwargs)", """
            strptime(string, format) -> struct_time

            Parse a string to a time tuple according to a format specification.
            See the library reference manual for formatting codes (same as
            strftime()).

            Commonly used format codes:

            %Y  Year with century as a decimal number.
            %m  Month as a decimal number [01,12].
            %d  Day of the month as a decimal number [01,31].
            %H  Hour (24-hour clock) as a decimal number [00,23].
            %M  Minute as a decimal number [00,59].
            %S  Second as a decimal number [00,61].
            %z  Time zone offset from UTC.
            %a  Locale's abbreviated weekday name.
            %A  Locale's full weekday name.
            %b  Locale's abbreviated month name.
            %B  Locale's full month name.
            %c  Locale's appropriate date and time representation.
            %I  Hour (12-hour clock) as a decimal number [01,12].
            %p  Locale's equivalent of either AM or PM.

            Other codes may be available on your platform.  See documentation for
            the C library strftime function.

            """) { vm, _, a, count, keywords in
            vm.guarded { () throws(Raised) in
                let module = try vm.importModule("_strptime")
                let function = try vm.getAttr(module, "_strptime_time")
                return try vm.call(function, a, count, keywords: keywords)
            }
        }
        m.def0("-tzset()", """
            tzset()

            Initialize, or reinitialize, the local timezone to the value stored in
            os.environ['TZ']. The TZ environment variable should be specified in
            standard Unix timezone format as documented in the tzset man page
            (eg. 'US/Eastern', 'Europe/Amsterdam'). Unknown timezones will silently
            fall back to UTC. If the TZ environment variable is not set, the local
            timezone is set to the systems best guess of wallclock time.
            Changing the TZ environment variable without calling tzset *may* change
            the local timezone used by methods such as localtime, but this behaviour
            should not be relied on.
            """) { vm, r in
            vm.guarded { () throws(Raised) in
                tzset()
                try vm.defineTimeZone(ModuleBuilder(vm, module: r))
                return .none
            }
        }
        m.def1("^get_clock_info(name, /)", """
            get_clock_info(name: str) -> dict

            Get information of the specified clock.
            """) { vm, _, a in
            vm.guarded { () throws(Raised) in
                guard vm.isStr(a) else { throw vm.raise(.typeError, "get_clock_info() argument 1 must be str, not \(vm.argumentTypeName(a))") }
                return try vm.clockInfo(PyStr(a).string)
            }
        }
    }
}
