#include "server/store/sqlite_connection.hpp"

#include <sqlite3.h>

namespace pcc::server {
namespace {

constexpr std::size_t most_prepared = 400;
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
auto places_in(sqlite3_stmt* statement) -> std::vector<int> {
    std::vector<int> places;
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
        places.push_back(
            sqlite3_bind_parameter_index(statement, ("$" + std::to_string(i)).c_str()));
    }
    return places;
}

auto bind_all(sqlite3_stmt* statement, const std::vector<int>& places, ValuesView parameters)
    -> int {
    if (places.size() != parameters.size()) return SQLITE_RANGE;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        if (places[i] == 0) return SQLITE_RANGE;
        const auto code = bind(statement, places[i], parameters[i]);
        if (code != SQLITE_OK) return code;
    }
    return SQLITE_OK;
}

/// Asked of the value: each question to the column would look it up anew. Only one thread at a time
/// uses a connection, as such a value needs.
void add_column(sqlite3_stmt* statement, int index, Rows& rows) {
    auto* value = sqlite3_column_value(statement, index);
    switch (sqlite3_value_type(value)) {
        case SQLITE_NULL: return rows.add_null();
        case SQLITE_INTEGER: return rows.add_number(sqlite3_value_int64(value));
        default: {
            const auto* text = sqlite3_value_text(value);
            const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
            return rows.add_text({reinterpret_cast<const char*>(text), size});
        }
    }
}

/// Steps through what is left of a statement that stands at a row. Returns what the last step said.
auto take_rows(sqlite3_stmt* statement, Rows& rows) -> int {
    const auto width = sqlite3_column_count(statement);
    rows.begin_rows(static_cast<std::size_t>(width));
    int code = SQLITE_ROW;
    for (; code == SQLITE_ROW; code = sqlite3_step(statement)) {
        for (int i = 0; i < width; ++i)
            add_column(statement, i, rows);
    }
    return code;
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
    // Statistics of memory, which nobody reads, take a lock of all threads with each allocation.
    static const int without_statistics = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(without_statistics);
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

auto SqliteConnection::prepare(std::string_view sql) -> Result<const Prepared*, StoreError> {
    const auto found = prepared_.find(sql);
    if (found != prepared_.end()) return &found->second;
    // None is in use now. What a person can filter by makes more texts than memory has room for.
    if (prepared_.size() >= most_prepared) prepared_.clear();
    sqlite3_stmt* statement = nullptr;
    const auto code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
                                         SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return failed(error(code));
    const auto made =
        prepared_.emplace(std::string(sql), Prepared{Statement(statement), places_in(statement)});
    return &made.first->second;
}

auto SqliteConnection::run(std::string_view sql, ValuesView parameters, Rows* rows)
    -> Result<long long, StoreError> {
    const auto prepared = prepare(sql);
    if (!prepared) return failed(prepared.error());
    auto* statement = (*prepared)->statement.get();
    const Use use(statement);
    if (const auto code = bind_all(statement, (*prepared)->places, parameters); code != SQLITE_OK) {
        return failed(error(code));
    }
    auto code = sqlite3_step(statement);
    if (rows != nullptr && code == SQLITE_ROW) code = take_rows(statement, *rows);
    while (code == SQLITE_ROW)
        code = sqlite3_step(statement);
    if (code != SQLITE_DONE) return failed(error(code));
    return static_cast<long long>(sqlite3_changes64(database_));
}

auto SqliteConnection::command(const char* sql) -> Result<void, StoreError> {
    if (auto ran = run(sql, {}, nullptr); !ran) return failed(std::move(ran.error()));
    return {};
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
