//! The attribute `#[tool]`, which registers an `async fn` as a tool.
mod options;
mod signature;

use proc_macro::TokenStream;
use quote::quote;
use syn::{ItemFn, parse_macro_input};

use options::Options;
use signature::Signature;

/// `#[tool(read | write | destructive [, delete = forever | guarded] [, idempotent] [, exact] [, tier = core | common | rare]
/// [, title = "…"])]`
///
/// Registers an `async fn` as a tool; it stays a plain function. Its name and doc comment are the tool's name and description. Its
/// parameter `args` has the tool's arguments; every other parameter is an extractor (`intervals_core::FromCall`). It returns
/// `intervals_core::Result<T>`; `T` is the answer.
///
/// `tier` is how often the tool is wanted, by default `common`. `rare` tools are the first to go when a model's context is too
/// small.
///
/// `exact` is for answers of a prescribed form: the answer is `T` and nothing beside it, and its text is its JSON.
#[proc_macro_attribute]
pub fn tool(attribute: TokenStream, item: TokenStream) -> TokenStream {
    let function = parse_macro_input!(item as ItemFn);
    // Keeps the function after an error, so that the compiler does not report it as missing everywhere.
    let registration = register(attribute, &function).unwrap_or_else(syn::Error::into_compile_error);
    quote!(#function #registration).into()
}

fn register(attribute: TokenStream, function: &ItemFn) -> syn::Result<proc_macro2::TokenStream> {
    let Options { effect, delete, idempotent, exact, tier, title } =
        Options::parse(attribute.into(), &function.sig.ident)?;
    let Signature { description, parameters, extractors, args, answer } = Signature::of(function)?;
    let function = &function.sig.ident;
    let name = function.to_string();
    let input = match args {
        Some(args) => quote!(::intervals_core::schema::input::<#args>()),
        None => quote!(::intervals_core::schema::none()),
    };
    let args = match args {
        Some(args) => quote!(let args: #args = call.args()?;),
        None => quote!(let _: ::intervals_core::arguments::None = call.args()?;),
    };
    let (output, answered) = match exact {
        true => (quote!(::intervals_core::schema::exact::<#answer>), quote!(exact)),
        false => (quote!(::intervals_core::schema::output::<#answer>), quote!(answer)),
    };
    let (names, types): (Vec<_>, Vec<_>) = extractors.into_iter().unzip();
    Ok(quote! {
        // linkme places the element in a section of its own, which the compiler counts as unsafe.
        #[allow(unsafe_code)]
        const _: () = {
            #[::intervals_core::__linkme::distributed_slice(::intervals_core::registry::TOOLS)]
            #[linkme(crate = ::intervals_core::__linkme)]
            static TOOL: ::intervals_core::registry::ToolDef = ::intervals_core::registry::ToolDef {
                krate: env!("CARGO_CRATE_NAME"),
                name: ::std::borrow::Cow::Borrowed(#name),
                title: #title,
                description: ::std::borrow::Cow::Borrowed(#description),
                effect: ::intervals_core::Effect::#effect,
                delete: #delete,
                idempotent: #idempotent,
                tier: ::intervals_core::registry::Tier::#tier,
                input: ::intervals_core::registry::StaticOrShared::Static(&|settings: &::intervals_core::Settings| {
                    let mut input = #input;
                    #(<#types as ::intervals_core::FromCall>::describe(settings, &mut input);)*
                    input
                }),
                output: ::intervals_core::registry::StaticOrShared::Static(&#output),
                body: ::intervals_core::registry::StaticOrShared::Static(&|mut call: ::intervals_core::Call| ::std::boxed::Box::pin(async move {
                    #(<#types as ::intervals_core::FromCall>::check(&call)?;)*
                    #(let #names = ::std::boxed::Box::pin(<#types as ::intervals_core::FromCall>::from_call(&mut call)).await?;)*
                    #args
                    call.#answered(#function(#(#parameters),*)).await
                })),
            };
        };
    })
}
