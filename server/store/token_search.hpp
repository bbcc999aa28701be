// What a search of tokens asks for, as conditions that an index answers.
// Layer: server. Labels that contain the text; Token IDs and handles that begin with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.hpp"
#include "server/store/sql.hpp"
#include "server/store/token_sums.hpp"

namespace pcc::server {

/// How a column of a token has to begin.
struct Beginning {
    std::string column;
    std::string text;
};

/// What was typed, in lower case, and what it may be the beginning of.
struct SoughtToken {
    std::string text;
    /// Each finds a token by itself, where all of its beginnings hold.
    std::vector<std::vector<Beginning>> names;
    /// Nothing is left out: nothing was typed, or no more than how every one begins.
    auto is_everything() const -> bool { return text.empty(); }
};

/// Reads a handle, a hint as it is shown, or a part of either; any text may be part of a label.
auto read_sought(std::string_view typed) -> SoughtToken;

/// How many tokens were written under some labels.
struct LabelSums {
    long long tokens = 0;
    long long open = 0;
    auto in(KeptState state) const -> long long {
        return state == KeptState::Open ? open : tokens - open;
    }
};

/// A label, and how many tokens stand under it.
struct SoughtLabel {
    std::string text;
    LabelSums sums;
};

/// A search, and the labels that contain its text.
struct TokenSearch {
    OrganizationId organization;
    SoughtToken sought;
    std::vector<SoughtLabel> labels;
    LabelSums sums;  // of all of them
};

/// Fills all but what is sought.
void find_labels(Transaction& tx, const OrganizationId& organization, TokenSearch& search);
auto sums_of_all_labels(Transaction& tx, const OrganizationId& organization) -> LabelSums;

/// ` AND <row t is found>`, to be looked at row by row: for where many rows are, or all are few.
void add_is_found(Sql& sql, const TokenSearch& search);
/// ` AND <row t stands under one of the labels>`, or under none of them, in the same way.
void add_has_label(Sql& sql, const TokenSearch& search);
void add_has_no_label(Sql& sql, const TokenSearch& search);
/// `SELECT id ...` of those that begin as was typed, in whatever state, from the indexes.
void add_ids_of_named(Sql& sql, const TokenSearch& search);

}  // namespace pcc::server
