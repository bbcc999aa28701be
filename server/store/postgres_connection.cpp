#include "server/store/postgres_connection.hpp"

#include <array>
#include <cstdlib>
#include <utility>

#include <libpq-fe.h>

#include "server/store/postgres_values.hpp"
#include "server/store/postgres_wait.hpp"

namespace pcc::server {
namespace {

using Kind = StoreError::Kind;

constexpr std::size_t most_prepared = 400;

/// Source: https://www.postgresql.org/docs/15/errcodes-appendix.html
auto kind_of(std::string_view state) -> Kind {
    if (state == "40001" || state == "40P01") return Kind::Busy;
    if (state.substr(0, 2) == "23") return Kind::Constraint;
    if (state == "42P07" || state == "42710") return Kind::Constraint;  // is there already
    return Kind::Unavailable;
}

/// Whether the server that said it is done with this connection: it goes, is not there yet, or was
/// a primary and is one no more.
auto ends_connection(std::string_view state) -> bool {
    return state == "25006" || state.substr(0, 3) == "57P" || state.substr(0, 2) == "08";
}

/// PostgreSQL's words without the values that it likes to add in a second line.
auto first_line(std::string_view words) -> std::string {
    return std::string(words.substr(0, words.find('\n')));
}

}  // namespace

void PostgresConnection::Close::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

void PostgresConnection::Clear::operator()(pg_result* result) const {
    PQclear(result);
}

PostgresConnection::~PostgresConnection() = default;

namespace {

// What libpq says of an address that it cannot read repeats parts of it, a password among them.
auto can_be_read(const std::string& url) -> bool {
    const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
        PQconninfoParse(url.c_str(), nullptr), PQconninfoFree);
    return options != nullptr;
}

}  // namespace

auto PostgresConnection::open(const std::string& url)
    -> Result<std::unique_ptr<PostgresConnection>, StoreError> {
    if (!can_be_read(url)) {
        return failed(StoreError{Kind::Unavailable,
                                 "its address cannot be read. In a password, %25 stands for %."});
    }
    // libpq lets the last one count: what stands before the URL is meant for when it says nothing.
    const std::array names{"connect_timeout",
                           "tcp_user_timeout",
                           "keepalives_idle",
                           "keepalives_interval",
                           "keepalives_count",
                           "application_name",
                           "dbname",
                           "client_encoding",
                           "target_session_attrs",
                           static_cast<const char*>(nullptr)};
    const std::array values{
        "3",          "5000",      "5",    "2",          "2",
        "pcc-server", url.c_str(), "UTF8", "read-write", static_cast<const char*>(nullptr)};
    std::unique_ptr<PostgresConnection> connection(
        new PostgresConnection(PQconnectdbParams(names.data(), values.data(), 1)));
    auto* held = connection->connection_.get();
    if (PQstatus(held) != CONNECTION_OK) {
        return failed(StoreError{Kind::Unavailable, "The database cannot be reached: " +
                                                        first_line(PQerrorMessage(held)) + "."});
    }
    PQsetNoticeReceiver(held, hear, connection.get());
    PQsetnonblocking(held, 1);
    return connection;
}

void PostgresConnection::hear(void* self, const pg_result* notice) {
    const auto* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    const bool warns = severity != nullptr && std::string_view(severity) == "WARNING";
    if (warns) static_cast<PostgresConnection*>(self)->warned_ = true;
}

auto PostgresConnection::lost(std::string words) -> StoreError {
    given_up_ = true;
    return {Kind::Unavailable, std::move(words)};
}

auto PostgresConnection::receive() -> Result<Answer, StoreError> {
    auto* held = connection_.get();
    const auto deadline = std::chrono::steady_clock::now() + longest_wait_;
    Answer last;
    while (true) {
        if (!await_answer(held, deadline)) {
            return failed(lost("The database did not answer, or the connection to it was lost."));
        }
        Answer next(PQgetResult(held));
        if (!next) break;
        // The first error of a script is the one that counts.
        if (!last || PQresultStatus(last.get()) != PGRES_FATAL_ERROR) last = std::move(next);
    }
    if (!last) return failed(lost("The database gave no answer."));
    return checked(std::move(last));
}

auto PostgresConnection::checked(Answer answer) -> Result<Answer, StoreError> {
    const auto status = PQresultStatus(answer.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return answer;
    const auto* state = PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE);
    const auto* words = PQresultErrorField(answer.get(), PG_DIAG_MESSAGE_PRIMARY);
    const std::string_view code = state == nullptr ? "" : state;
    if (ends_connection(code)) given_up_ = true;
    return failed(StoreError{kind_of(code), "The database failed: " +
                                                first_line(words == nullptr ? "no answer" : words) +
                                                " (" + std::string(code) + ")."});
}

auto PostgresConnection::make_room() -> Result<void, StoreError> {
    if (prepared_.size() < most_prepared) return {};
    if (auto emptied = script("DEALLOCATE ALL"); !emptied) return emptied;
    prepared_.clear();
    return {};
}

auto PostgresConnection::send_one(const Statement& statement, const PostgresParameters& parameters,
                                  std::vector<Sent>& sent) -> bool {
    auto* held = connection_.get();
    const auto [prepared, is_new] =
        prepared_.try_emplace(statement.sql, "pcc_" + std::to_string(named_));
    sent.push_back({prepared, is_new});
    const auto* name = prepared->second.c_str();
    if (is_new) {
        ++named_;
        if (PQsendPrepare(held, name, statement.sql.c_str(), parameters.count(),
                          parameters.types()) == 0) {
            return false;
        }
    }
    return PQsendQueryPrepared(held, name, parameters.count(), parameters.pointers(), nullptr,
                               nullptr, 0) != 0;
}

// Source: https://www.postgresql.org/docs/15/libpq-pipeline-mode.html. After an error the server
// passes over the rest, up to where both sides are in step again: the first error is what counts.
auto PostgresConnection::receive_batch(Batch& batch, const std::vector<Sent>& sent)
    -> Result<void, StoreError> {
    Result<void, StoreError> outcome;
    const auto take = [&] {
        auto answer = receive();
        if (!answer && outcome) outcome = failed(std::move(answer.error()));
        return answer;
    };
    for (std::size_t i = 0; i < batch.size() && !given_up_; ++i) {
        if (sent[i].is_new && !take()) prepared_.erase(sent[i].prepared);
        if (given_up_) break;
        if (const auto answer = take()) {
            take_rows(answer->get(), batch[i].rows);
            batch[i].touched = std::strtoll(PQcmdTuples(answer->get()), nullptr, 10);
        }
    }
    auto* held = connection_.get();
    const auto deadline = std::chrono::steady_clock::now() + longest_wait_;
    const bool in_step = !given_up_ && await_answer(held, deadline) &&
                         PQresultStatus(Answer(PQgetResult(held)).get()) == PGRES_PIPELINE_SYNC &&
                         PQexitPipelineMode(held) != 0;
    if (!in_step) given_up_ = true;
    if (!in_step && outcome) return failed(lost("The connection to the database was lost."));
    return outcome;
}

auto PostgresConnection::run(Batch& batch) -> Result<void, StoreError> {
    if (auto settled = settle(); !settled) return settled;
    if (is_over()) return failed(lost("The connection to the database was lost."));
    if (auto made = make_room(); !made) return made;
    std::vector<PostgresParameters> parameters;
    parameters.reserve(batch.size());
    for (const auto& statement : batch) {
        parameters.emplace_back(statement.values);
        if (parameters.back().has_nul()) {
            return failed(StoreError{Kind::Constraint, "A text with a NUL in it cannot be kept."});
        }
    }
    auto* held = connection_.get();
    std::vector<Sent> sent;
    bool is_sent = PQenterPipelineMode(held) != 0;
    for (std::size_t i = 0; i < batch.size() && is_sent; ++i)
        is_sent = send_one(batch[i], parameters[i], sent);
    if (!is_sent || PQpipelineSync(held) == 0) {
        return failed(lost("The connection to the database was lost."));
    }
    return receive_batch(batch, sent);
}

auto PostgresConnection::run(std::string_view sql, ValuesView values, Rows* rows)
    -> Result<long long, StoreError> {
    Batch batch{{std::string(sql), Values(values.begin(), values.end())}};
    if (auto ran = run(batch); !ran) return failed(std::move(ran.error()));
    if (rows != nullptr) *rows = std::move(batch.front().rows);
    return batch.front().touched;
}

auto PostgresConnection::settle() -> Result<void, StoreError> {
    if (!std::exchange(owes_, false)) return {};
    if (auto answer = receive(); !answer) return failed(std::move(answer.error()));
    return {};
}

auto PostgresConnection::send(const char* sql) -> Result<Answer, StoreError> {
    if (auto settled = settle(); !settled) return failed(std::move(settled.error()));
    if (is_over() || PQsendQuery(connection_.get(), sql) == 0) {
        return failed(lost("The connection to the database was lost."));
    }
    return receive();
}

auto PostgresConnection::script(const char* sql) -> Result<void, StoreError> {
    if (auto answer = send(sql); !answer) return failed(std::move(answer.error()));
    return {};
}

// Source: https://www.postgresql.org/docs/15/warm-standby.html#SYNCHRONOUS-REPLICATION. A timeout
// would end the wait for the standby, with no more than a warning, and show everybody what is not
// there yet. So it is this side that stops waiting: then it is not known what came of it.
auto PostgresConnection::commit() -> Result<void, StoreError> {
    warned_ = false;
    const auto answer = send("SET LOCAL statement_timeout = 0; COMMIT");
    if (!answer) return failed(answer.error());
    const std::string_view done = PQcmdStatus(answer->get());
    if (done == "COMMIT" && !warned_) return {};
    return failed(StoreError{Kind::Unavailable, "The database did not keep what was committed."});
}

void PostgresConnection::leave() {
    auto* held = connection_.get();
    owes_ = PQsendQuery(held, "COMMIT") != 0 && PQflush(held) >= 0;
    if (!owes_) given_up_ = true;
}

auto PostgresConnection::is_well() -> bool {
    if (is_over() || !settle()) return false;
    return PQconsumeInput(connection_.get()) != 0 && !is_over();
}

auto PostgresConnection::is_in_transaction() const -> bool {
    return !owes_ && PQtransactionStatus(connection_.get()) != PQTRANS_IDLE;
}

auto PostgresConnection::is_over() const -> bool {
    return given_up_ || PQstatus(connection_.get()) != CONNECTION_OK;
}

auto postgres_environment(const std::string& url)
    -> std::vector<std::pair<std::string, std::string>> {
    std::vector<std::pair<std::string, std::string>> all;
    auto* options = PQconninfoParse(url.c_str(), nullptr);
    for (auto* option = options; option != nullptr && option->keyword != nullptr; ++option) {
        if (option->val != nullptr && option->envvar != nullptr) {
            all.emplace_back(option->envvar, option->val);
        }
    }
    PQconninfoFree(options);
    return all;
}

}  // namespace pcc::server
