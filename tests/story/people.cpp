#include "tests/story/people.hpp"

#include "core/access/token_id.hpp"

namespace pcc::story {

auto admin_tab(Town& town) -> Tab& {
    auto& tab = town.tab();
    tab.open("/configure/organization/tokens");
    tab.sign_in(town.ana.email, town.ana.password);
    return tab;
}

auto engineer_tab(Town& town) -> Tab& {
    auto& tab = town.tab("198.51.100.7");
    tab.open("/configure/organization/assume");
    tab.sign_in(town.sam.email, town.sam.password);
    return tab;
}

auto generate(Tab& admin, const std::string& validity) -> std::string {
    admin.press("Generate New Token");
    admin.choose(validity);
    if (validity == "Lifetime Access") {
        admin.choose("I understand that this token works until somebody expires it.");
    }
    admin.press("Generate Token");
    admin.press("Copy Token ID");
    admin.press("Done");
    return admin.clipboard();
}

auto hint_of(const std::string& token_id) -> std::string {
    return access::token_id_hint(*access::parse_token_id(token_id));
}

void assume(Tab& engineer, const std::string& token_id) {
    engineer.type("Token ID", token_id);
    engineer.press("Assume User");
}

}  // namespace pcc::story
