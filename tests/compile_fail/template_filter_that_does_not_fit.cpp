// expect: signed_content_has_a_filter_that_does_not_fit_its_placeholder
#include <hookseal/schemes/content_template.hpp>

#ifdef CONTROL
constexpr hookseal::content_template content = "{header:x-id|lower}{body|sha256}";
#else
constexpr hookseal::content_template content = "{header:x-id|sha256}{body}";
#endif
