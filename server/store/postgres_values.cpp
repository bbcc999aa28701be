#include "server/store/postgres_values.hpp"

#include <charconv>
#include <string_view>
#include <utility>

namespace pcc::server {
namespace {

// Source: the type catalogue of PostgreSQL, pg_type.dat; the numbers are part of its protocol.
constexpr Oid of_bool = 16;
constexpr Oid of_bigint = 20;
constexpr Oid of_smallint = 21;
constexpr Oid of_integer = 23;
constexpr Oid of_text = 25;

void add_column(const PGresult* result, int row, int index, Rows& rows) {
    if (PQgetisnull(result, row, index) != 0) return rows.add_null();
    const std::string_view text(PQgetvalue(result, row, index),
                                static_cast<std::size_t>(PQgetlength(result, row, index)));
    switch (PQftype(result, index)) {
        case of_bool: return rows.add_number(text == "t" ? 1 : 0);
        case of_bigint:
        case of_smallint:
        case of_integer: {
            long long number = 0;
            std::from_chars(text.data(), text.data() + text.size(), number);
            return rows.add_number(number);
        }
        default: return rows.add_text(text);
    }
}

}  // namespace

PostgresParameters::PostgresParameters(ValuesView values) {
    texts_.reserve(values.size());
    for (const auto& value : values) {
        if (const auto* number = value.number()) {
            add(of_bigint, std::to_string(*number));
        } else if (const auto* text = value.text()) {
            add(of_text, *text);
        } else {
            types_.push_back(0);
            pointers_.push_back(nullptr);
        }
    }
}

void PostgresParameters::add(Oid type, std::string text) {
    has_nul_ = has_nul_ || text.find('\0') != std::string::npos;
    types_.push_back(type);
    texts_.push_back(std::move(text));
    pointers_.push_back(texts_.back().c_str());
}

void take_rows(const PGresult* answer, Rows& rows) {
    const int count = PQntuples(answer);
    const int width = PQnfields(answer);
    rows.begin_rows(static_cast<std::size_t>(width));
    for (int row = 0; row < count; ++row) {
        for (int i = 0; i < width; ++i)
            add_column(answer, row, i, rows);
    }
}

}  // namespace pcc::server
