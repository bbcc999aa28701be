#include "server/store/sqlite_connection.hpp"

#include <sqlite3.h>

namespace pcc::server {
namespace {

constexpr int busy_timeout = 5000;  // Units: milliseconds

auto kind_of(int code) -> StoreError::Kind {
    switch (code & 0xFF) {
        case SQLITE_CONSTRAINT: return StoreError::Kind::Constraint;
        default: return StoreError::Kind::Unavailable;
    }
}

auto bind(sqlite3_stmt* statement, int index, const Value& value) -> int {
    if (const auto* number = value.number()) return sqlite3_bind_int64(statement, index, *number);
    if (const auto* text = value.text()) {
        return sqlite3_bind_text64(statement, index, text->data(), text->size(), SQLITE_STATIC,
                                   SQLITE_UTF8);
    }
    return sqlite3_bind_null(statement, index);
}

/// SQLite numbers `$2` by where it stands first, so each is looked up by its name.
auto bind_all(sqlite3_stmt* statement, const Values& parameters) -> int {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto name = "$" + std::to_string(i + 1);
        const auto index = sqlite3_bind_parameter_index(statement, name.c_str());
        if (index == 0) return SQLITE_RANGE;
        if (const auto code = bind(statement, index, parameters[i]); code != SQLITE_OK) return code;
    }
    const auto wanted = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement));
    return wanted == parameters.size() ? SQLITE_OK : SQLITE_RANGE;
}

auto column(sqlite3_stmt* statement, int index) -> Value {
    switch (sqlite3_column_type(statement, index)) {
        case SQLITE_NULL: return {};
        case SQLITE_INTEGER: return static_cast<long long>(sqlite3_column_int64(statement, index));
        default: {
            const auto* text = sqlite3_column_text(statement, index);
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, index));
            return std::string(reinterpret_cast<const char*>(text), size);
        }
    }
}

auto row_of(sqlite3_stmt* statement) -> Row {
    Values columns;
    const auto count = sqlite3_column_count(statement);
    columns.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        columns.push_back(column(statement, i));
    return Row(std::move(columns));
}

/// Leaves the statement ready for its next use, and without the values of this one.
class Use {
  public:
    explicit Use(sqlite3_stmt* statement) : statement_(statement) {}
    Use(const Use&) = delete;
    auto operator=(const Use&) -> Use& = delete;
    ~Use() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }

  private:
    sqlite3_stmt* statement_;
};

}  // namespace

void SqliteConnection::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

auto SqliteConnection::open(const std::string& path)
    -> Result<std::unique_ptr<SqliteConnection>, StoreError> {
    sqlite3* database = nullptr;
    const auto code = sqlite3_open_v2(
        path.c_str(), &database,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
        nullptr);
    std::unique_ptr<SqliteConnection> connection(new SqliteConnection(database));
    if (code != SQLITE_OK) return failed(connection->error(code));
    sqlite3_busy_timeout(database, busy_timeout);
    return connection;
}

SqliteConnection::~SqliteConnection() {
    prepared_.clear();
    sqlite3_close_v2(database_);
}

auto SqliteConnection::error(int code) const -> StoreError {
    const auto* words = database_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database_);
    return {kind_of(code), std::string("The database failed: ") + words + "."};
}

auto SqliteConnection::prepare(std::string_view sql) -> Result<sqlite3_stmt*, StoreError> {
    const auto found = prepared_.find(sql);
    if (found != prepared_.end()) return found->second.get();
    sqlite3_stmt* statement = nullptr;
    const auto code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
                                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return failed(error(code));
    prepared_.emplace(std::string(sql), Statement(statement));
    return statement;
}

auto SqliteConnection::run(std::string_view sql, const Values& parameters, Rows* rows)
    -> Result<long long, StoreError> {
    const auto statement = prepare(sql);
    if (!statement) return failed(statement.error());
    const Use use(*statement);
    if (const auto code = bind_all(*statement, parameters); code != SQLITE_OK) {
        return failed(error(code));
    }
    auto code = sqlite3_step(*statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(*statement)) {
        if (rows != nullptr) rows->push_back(row_of(*statement));
    }
    if (code != SQLITE_DONE) return failed(error(code));
    return static_cast<long long>(sqlite3_changes64(database_));
}

auto SqliteConnection::script(const char* sql) -> Result<void, StoreError> {
    const auto code = sqlite3_exec(database_, sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failed(error(code));
    return {};
}

void SqliteConnection::leave_log() {
    sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

auto SqliteConnection::is_in_transaction() const -> bool {
    return sqlite3_get_autocommit(database_) == 0;
}

}  // namespace pcc::server
