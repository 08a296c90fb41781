// expect: signed_content_has_an_unclosed_brace
#include <hookseal/schemes/content_template.hpp>

#ifdef CONTROL
constexpr hookseal::content_template content = "{timestamp}:{body}";
#else
constexpr hookseal::content_template content = "{timestamp:{body}";
#endif
