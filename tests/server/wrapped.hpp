// A store and its transactions with something between them and whoever asks, for tests that count
// or fail what goes by. Layer: tests. Passes everything on as it is.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/store/store.hpp"

namespace pcc::test {

class WrappedTransaction : public server::Transaction {
  public:
    explicit WrappedTransaction(std::unique_ptr<server::Transaction> inner)
        : inner_(std::move(inner)) {}
    auto lock_clause() const -> std::string_view override { return inner_->lock_clause(); }
    auto dialect() const -> server::Dialect override { return inner_->dialect(); }
    void enter(const std::string& organization) override { inner_->enter(organization); }
    void show_keys(const std::vector<std::string>& keys) override { inner_->show_keys(keys); }
    void enter_all() override { inner_->enter_all(); }
    void take_turn(const std::string& organization) override { inner_->take_turn(organization); }

  protected:
    auto run(std::string_view sql, server::ValuesView values, server::Rows* rows)
        -> Result<long long, server::StoreError> override {
        if (rows != nullptr) *rows = inner_->query(sql, values);
        const auto touched = rows == nullptr ? inner_->execute(sql, values) : 0;
        if (inner_->has_failed()) return failed(inner_->finish().error());
        return touched;
    }
    auto commit() -> Result<void, server::StoreError> override { return inner_->finish(); }

  private:
    std::unique_ptr<server::Transaction> inner_;
};

class WrappedStore : public server::Store {
  public:
    explicit WrappedStore(server::Store& inner) : inner_(inner) {}
    auto read() -> Began override { return wrap(inner_.read(), false); }
    auto write() -> Began override { return wrap(inner_.write(), true); }
    auto most_readers() const -> std::size_t override { return inner_.most_readers(); }
    auto check() -> Result<void, server::StoreError> override { return inner_.check(); }

  private:
    virtual auto wrap(Began inner, bool writes) -> Began = 0;
    server::Store& inner_;
};

}  // namespace pcc::test
