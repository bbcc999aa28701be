#include "server/told.hpp"

#include <algorithm>

namespace pcc::server {

auto Hearing::knows(const Notice& notice) const -> bool {
    if (notice.sequence > 0 && notice.sequence <= length_) return true;
    return !notice.act.empty() && std::find(acts_.begin(), acts_.end(), notice.act) != acts_.end();
}

void Hearing::hear(const Notice& notice) {
    constexpr std::size_t most = 256;
    if (notice.act.empty()) return;
    if (acts_.size() == most) acts_.pop_front();
    acts_.push_back(notice.act);
}

void Hearing::heard_all(const Told& told) {
    if (length_ >= told.since) length_ = std::max(length_, told.upto);
}

}  // namespace pcc::server
