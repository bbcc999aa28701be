// Numbers with a fraction, read by the browser: the C library's own way to do it computes with
// 128-bit numbers in software, and was 10 KiB of the program. Only the JSON reader asks, and it has
// checked before that the text is a number and nothing else. Layer: web/platform. Takes the place
// of the C library's functions.
#include <cstddef>
#include <cstdlib>
#include <cstring>

extern "C" {

double pcc_number_read(const char* text, std::size_t length);

// libc++ names all three in one place; none of the program's own calls the other two.
float strtof(const char* text, char** end) {
    return static_cast<float>(strtod(text, end));
}
long double strtold(const char* text, char** end) {
    return strtod(text, end);
}
double strtod(const char* text, char** end) {
    const auto length = std::strlen(text);
    if (end) *end = const_cast<char*>(text) + length;
    return pcc_number_read(text, length);
}

}  // extern "C"
