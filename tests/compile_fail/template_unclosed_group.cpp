// expect: signed_content_has_an_unclosed_bracket
#include <hookseal/schemes/content_template.hpp>

#ifdef CONTROL
constexpr hookseal::content_template content = "[id:{query:id};]{body}";
#else
constexpr hookseal::content_template content = "[id:{query:id};{body}";
#endif
