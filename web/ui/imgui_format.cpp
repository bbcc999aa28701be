// What Dear ImGui formats in the browser: names of windows and popups. The C library's printf
// brings floats of 128 bits along, and was 10 KiB of the program. Layer: web/ui. Knows %s, %d, %u,
// %x, %X, %c and %%, with zeros and a width; native builds use printf.
#ifdef __EMSCRIPTEN__
#include <cstdarg>
#include <cstddef>
#include <cstring>

#include <imgui_internal.h>

namespace {

/// Writes as much as there is room for, and counts the rest as the C library does.
struct Sink {
    char* out;
    std::size_t room;  // with the terminating zero
    std::size_t count = 0;

    void put(char c) {
        if (count + 1 < room) out[count] = c;
        ++count;
    }
    void put(const char* text, std::size_t length) {
        for (std::size_t i = 0; i < length; ++i)
            put(text[i]);
    }
    void end() {
        if (room > 0) out[count < room ? count : room - 1] = 0;
    }
};

void put_number(Sink& sink, unsigned value, unsigned base, std::size_t width) {
    char digits[32];
    std::size_t length = 0;
    do {
        digits[length++] = "0123456789ABCDEF"[value % base];
        value /= base;
    } while (value != 0);
    while (length < width && length < sizeof digits)
        digits[length++] = '0';
    while (length > 0)
        sink.put(digits[--length]);
}

void put_signed(Sink& sink, int value, std::size_t width) {
    if (value < 0) sink.put('-');
    const auto magnitude = static_cast<unsigned>(value);
    put_number(sink, value < 0 ? 0U - magnitude : magnitude, 10, width);
}

auto read_width(const char*& at) -> std::size_t {
    std::size_t width = 0;
    for (; *at >= '0' && *at <= '9'; ++at)
        width = width * 10 + static_cast<std::size_t>(*at - '0');
    return width;
}

}  // namespace

auto ImFormatStringV(char* out, std::size_t room, const char* format, std::va_list given) -> int {
    Sink sink{out, out ? room : 0};
    for (const char* at = format; *at != 0; ++at) {
        if (*at != '%') {
            sink.put(*at);
            continue;
        }
        ++at;
        const auto width = read_width(at);
        switch (*at) {
            case 's': {
                const char* text = va_arg(given, const char*);
                sink.put(text, std::strlen(text));
                break;
            }
            case 'd': put_signed(sink, va_arg(given, int), width); break;
            case 'u': put_number(sink, va_arg(given, unsigned), 10, width); break;
            case 'x':
            case 'X': put_number(sink, va_arg(given, unsigned), 16, width); break;
            case 'c': sink.put(static_cast<char>(va_arg(given, int))); break;
            case 0: --at; break;
            default: sink.put(*at);
        }
    }
    sink.end();
    return static_cast<int>(sink.count);
}

auto ImFormatString(char* out, std::size_t room, const char* format, ...) -> int {
    std::va_list given;
    va_start(given, format);
    const int count = ImFormatStringV(out, room, format, given);
    va_end(given);
    return count;
}
#endif
